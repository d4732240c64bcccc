import { describe, expect, it } from 'vitest'
import { body, lines, review } from './support.ts'

const opening =
  'The miller opened the sluice on Friday for the first time since the drought, and the wheel turned until dusk.'
const second = 'Two hundred sacks wait in the loft, she said, and the baker has ordered bread flour again from Monday.'
const wrap = (middle: string) =>
  `Old mill grinds again after the drought\n\nBy Ines Marr\n\n14 September 2023\n\n${opening}\n\n${middle}\n\n${second}\n`

describe('a rule that leaves out asks whether the line is a sentence', () => {
  it.each([
    'Also see the weir, where the parish has put up a new rail.',
    'Watch: the miller has asked for a second wheel before the winter.',
    'Read more slowly, the teacher told the children in the loft.',
    'Share via the mill was the rule in her grandfather’s time.',
    'Follow us, the boys called, and ran down to the water.',
    'Sponsored by the bakers, the feast has been held since 1911.',
    'Copyright in the drawings lies with the family, the court held.',
    'Powered by water alone, the mill needs no licence.',
    'More from the upper fields will be ground in the spring.',
    'Latest in the row over the weir is a letter to the bishop.',
    'Subscribe for bread, the baker’s sign says in red letters.',
    'Sign up for the night shift, the miller told her brothers.',
    'Recommended by doctors, the coarse flour sells out first.',
    'See also the lower mill, which has stood still for forty years.',
    'Related: both families have owned land beside the river since 1740.',
    'Tap to read the old inscription, a plaque beside the door says.',
    'Get the grain in before the rain, her mother used to say.',
    'Continue reading, she said, and handed him the ledger.',
    'Paid partnership with the bakers ended in a quarrel in 1954.',
    'Listen: the wheel can be heard from the church at night.'
  ])('keeps “%s”', (line) => {
    expect(body(review(wrap(line)))).toContain(`paragraph: ${line}`)
  })

  it.each([
    'Also read: Bread prices fall in the valley',
    'Watch: How the old wheel turns',
    'READ MORE: Who owns the weir?',
    'Sign up for our weekly newsletter and never miss a story.',
    'We use cookies to make this website better for you.',
    'Follow us on Telegram',
    '© 2023 Hill Paper. All rights reserved.',
    'Subscribe to our newsletter'
  ])('leaves out “%s”', (line) => {
    const found = review(wrap(line))
    expect(body(found)).toEqual([`paragraph: ${opening}`, `paragraph: ${second}`])
  })
})

describe('copy as agencies and sites give it', () => {
  it('“Image source” and “Image caption” are one picture’s credit and caption', () => {
    const found = review(wrap('Image source, Hill Media\nImage caption, The wheel on Friday evening'))
    expect(found.fields.leadImage).toMatchObject({ credit: 'Hill Media', caption: 'The wheel on Friday evening' })
    expect(found.body.blocks).toHaveLength(2)
  })

  it('what stands below “ends”, and notes to editors, stays out', () => {
    const found = review(
      `${wrap('It will turn every day until the frost, if the river allows it, the miller said.')}\n-ends-\n\nNotes to editors:\nThe mill was built in 1688.\nMedia contact: Ines Marr, 01632 960 001\n`
    )
    expect(found.body.blocks).toHaveLength(3)
    expect(lines(found, 'furniture')).toEqual([
      '-ends-',
      'Notes to editors:',
      'The mill was built in 1688.',
      'Media contact: Ines Marr, 01632 960 001'
    ])
  })

  it('an agency’s initials and its index of companies stay out, initials in a sentence do not', () => {
    const found = review(
      `${wrap('It will turn every day until the frost, if the river allows it, the miller said.')}\nHILL BAKERIES\nVALE GRAIN <VGR.L>\n\nim-po/ks\n`
    )
    expect(found.body.blocks).toHaveLength(3)
  })

  it('readers’ comments stay out', () => {
    const found = review(
      `${wrap('It will turn every day until the frost, if the river allows it, the miller said.')}\nComments (2)\n\nMillie\nI remember the sound of it from when I was a child, and I am glad.\n\nJoss\nWho pays for the rail?\n`
    )
    expect(found.body.blocks).toHaveLength(3)
  })

  it('the way through the site is no headline', () => {
    const found = review(
      `Home\nParish\nSport\nPictures\nHome / Parish / Upper valley\n${wrap('It will turn every day until the frost, the miller said.')}`
    )
    expect(found.fields).toMatchObject({ headline: 'Old mill grinds again after the drought', byline: 'By Ines Marr' })
  })

  it('a French byline with an agency is a byline', () => {
    const found = review(
      `Le moulin tourne de nouveau\n\nPar Inès Marr, avec AFP\n\n14 septembre 2023\n\n${opening}\n\n${second}\n`,
      { language: 'fr' }
    )
    expect(found.fields.byline).toBe('Par Inès Marr, avec AFP')
    expect(found.fields.authors?.map(({ name }) => name)).toEqual(['Inès Marr', 'AFP'])
    expect(found.fields.leadImage).toBeNull()
  })

  it('soft hyphens and zero-width characters inside words are not taken over; joiners that letters need are', () => {
    const found = review(
      `Old mill grinds again after the drought\n\n${opening.replace('drought', 'drou\u00adght').replace('sluice', 'slu\u200bice')}\n\n${second}\n`
    )
    expect(body(found)[0]).toBe(`paragraph: ${opening}`)
    const persian = review(
      'نویسنده در شهر\n\nمی\u200cخواهم این خبر را بخوانم و دوباره بخوانم، نویسنده دیروز در شهر گفت.\n'
    )
    expect(JSON.stringify([persian.fields, persian.body])).toContain('می\u200cخواهم')
  })
})
