import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { body, codes, instants, lines, review, reviewFile } from './support.ts'
import { en } from '../../../src/shared/words/en/index.ts'
import { sentence } from '../../../src/shared/words/language.ts'

const dropped = (found: ReturnType<typeof review>) =>
  found.lines.filter(({ kept, role }) => !kept && role !== 'blank').map(({ text }) => text.trim())

describe('pages in other layouts', () => {
  it('Arabic: right to left, Arabic months and digits, its own furniture', () => {
    const found = reviewFile('arabic-port.txt')
    expect(found.fields).toMatchObject({
      headline: 'الميناء القديم يستقبل أول سفينة بعد عامين من الترميم',
      standfirst: 'رصيف جديد ورافعات تعمل بالكهرباء، وعودة تدريجية للصيادين',
      byline: 'بقلم: أمل حداد',
      authors: [{ name: 'أمل حداد', kind: 'person' }],
      section: 'محليات',
      language: 'ar',
      direction: 'rtl',
      leadImage: {
        mediaId: null,
        caption: 'سفينة شحن ترسو عند الرصيف الجديد في الميناء القديم يوم الثلاثاء.',
        credit: 'رويترز',
        alt: '',
        focalPoint: null
      }
    })
    expect(instants(found)).toEqual(['2024-08-13T12:48:00.000Z Asia/Dubai', '2024-08-14T05:05:00.000Z Asia/Dubai'])
    expect(found.body.blocks).toHaveLength(3)
    expect(dropped(found)).toEqual([
      'تابعونا على',
      'فيسبوك',
      'واتساب',
      'إعلان',
      'اقرأ أيضاً: سوق السمك يفتح أبوابه في الربيع',
      'شارك',
      'جميع الحقوق محفوظة © 2024'
    ])
    expect(codes(found)).toEqual([])
  })

  it('no dates: none is made up, and it says so', () => {
    const found = reviewFile('no-dates.txt')
    expect(found.fields.headline).toBe('Lost violin found on the night train')
    expect(instants(found)).toEqual([null, null])
    expect(found.body.blocks).toHaveLength(4)
    expect(codes(found)).toEqual(['no_date'])
  })

  it('only furniture: no story, every line listed, none kept', () => {
    const found = reviewFile('only-furniture.txt')
    expect(found.fields).toMatchObject({ headline: '', leadImage: null, section: '' })
    expect(found.body.blocks).toEqual([])
    expect(dropped(found)).toHaveLength(11)
    expect(codes(found)).toEqual(['no_story'])
  })

  it('a wire text wrapped by a printer: paragraphs whole again, dateline and agency read', () => {
    const found = reviewFile('wrapped-wire.txt')
    expect(found.fields).toMatchObject({
      headline: 'Glaciers in the northern range lose record ice',
      dateline: 'KELLIM, Northmark',
      source: 'AP',
      byline: ''
    })
    expect(body(found)).toEqual([
      'paragraph: KELLIM, Northmark (AP) -- The glaciers of the northern range lost more ice this summer than in any year since measuring began, the survey office said on Thursday in a report that took its authors four seasons to complete.',
      'paragraph: The report counts forty-one glaciers, of which three have gone altogether. Two more will follow within a few years if summers stay as warm as the last one, it said, and the river below them will run dry in August.',
      'paragraph: "We used to walk on it," said the surveyor who has taken the upper reading since 1988. "Now we row."'
    ])
  })

  it('Markdown: headings, quotes, lists', () => {
    const found = reviewFile('notes.md')
    expect([found.format, found.fields.headline, found.fields.byline]).toEqual([
      'markdown',
      'Market hall opens its roof to bees',
      'By Staff Reporter'
    ])
    expect(body(found)).toEqual([
      'quote: The first honey is promised for June.',
      'paragraph: The market hall has put twelve hives on its roof, and the fruit sellers below say they can tell already.',
      'heading: What the sellers say',
      'list: More cherries than last year | Fewer wasps at the stalls',
      'list: Hives arrive | Bees settle',
      'paragraph: The keeper climbs up twice a week and asks visitors to stay behind the glass.'
    ])
    expect(
      found.body.blocks.filter(({ type }) => type === 'list').map((block) => 'ordered' in block && block.ordered)
    ).toEqual([false, true])
  })

  it('a section above the headline, the byline and the date in one line, a credit on its own', () => {
    const found = review(
      'Politics\nParliament votes for longer evenings\n\nBy Amal Haddad | 13 Aug 2024, 16:48\n\nMembers leave the chamber after the vote on Tuesday night\nPhoto: Omar Said/Reuters\n\n' +
        'Parliament voted on Tuesday to move its sittings into the evening, ending an argument that has lasted four years.\n\nThe first evening sitting is planned for September.\n'
    )
    expect(found.fields).toMatchObject({
      section: 'Politics',
      headline: 'Parliament votes for longer evenings',
      byline: 'By Amal Haddad',
      standfirst: '',
      leadImage: {
        caption: 'Members leave the chamber after the vote on Tuesday night',
        credit: 'Omar Said/Reuters',
        alt: ''
      }
    })
    expect(instants(found)[0]).toBe('2024-08-13T12:48:00.000Z Asia/Dubai')
    expect(found.body.blocks).toHaveLength(2)
  })

  it('a kicker, a bare name as byline, crossheads, a rail in the middle', () => {
    const found = review(
      'Flood watch\n\nRiver towns move their libraries upstairs\n\nAmal Haddad\n13 August 2024\n\n' +
        'Nine towns on the lower river have carried their libraries to the first floor since the spring, the association said.\n\nThe heavy volumes\n\n' +
        'It took forty volunteers and a furniture lift to move the atlases of Kellim, which weigh more than a cow.\n\nRelated stories\nThe bridge that floats\nA town without cellars\n\n' +
        'Readers now climb a staircase that was built for the mayor and has never been so busy.\n\nThe librarian has asked for a second lamp.\n'
    )
    expect(found.fields).toMatchObject({
      kicker: 'Flood watch',
      headline: 'River towns move their libraries upstairs',
      byline: 'Amal Haddad'
    })
    expect(body(found).map((block) => block.slice(0, 30))).toEqual([
      'paragraph: Nine towns on the l',
      'heading: The heavy volumes',
      'paragraph: It took forty volun',
      'paragraph: Readers now climb a',
      'paragraph: The librarian has a'
    ])
    expect(dropped(found)).toEqual(['Related stories', 'The bridge that floats', 'A town without cellars'])
    expect(codes(found)).toEqual(['no_time'])
  })

  it('an agency’s own page: menu, times in other zones, captions in the story, a tagline, a licence notice', () => {
    const storm = reviewFile('storm-airport.txt')
    expect(storm.fields).toMatchObject({
      headline: 'Storm closes island airport for third day',
      byline: 'By JANE DOE and JOHN ROE',
      authors: [{ name: 'JANE DOE' }, { name: 'JOHN ROE' }],
      dateline: 'PORT SALMA',
      source: 'AP',
      section: '',
      standfirst: '',
      leadImage: {
        caption: 'Waves break over the sea wall near the airport, Monday, Feb. 3, 2025, in Port Salma.',
        credit: 'AP Photo/Omar Said',
        alt: ''
      }
    })
    expect(instants(storm)).toEqual([null, '2025-02-03T12:05:00.000Z Asia/Dubai'])
    expect(body(storm).at(-1)).toBe('paragraph: Doe reported from Port Salma.')
    expect(storm.body.blocks).toHaveLength(6)
    // The agency draws a line above who reported from where.
    expect(body(storm).at(-2)).toBe('divider: ')
    expect(dropped(storm).slice(0, 6)).toEqual(['Skip to content', 'Menu', 'World', 'U.S.', 'Politics', 'Sports'])

    const tram = reviewFile('desert-tram.txt')
    expect(tram.fields).toMatchObject({
      headline: 'Desert town gets first tram',
      section: 'Africa',
      byline: 'By Amal Haddad',
      dateline: 'KELLIM',
      source: 'Reuters',
      standfirst: ''
    })
    expect(instants(tram)).toEqual(['2024-08-13T12:48:00.000Z Asia/Dubai', null])
    // Where the credit ends and the licence notice begins is not guessed: all of the line is caption.
    expect(tram.fields.leadImage?.caption).toMatch(
      /^A tram crosses .* REUTERS\/Omar Said Purchase Licensing Rights, opens new tab$/
    )
    expect(body(tram).map((block) => block.slice(0, 28))).toEqual([
      'paragraph: KELLIM, Aug 13 (R',
      'paragraph: The line has nine',
      'paragraph: Reporting by Amal'
    ])
    expect(dropped(tram)).toEqual([
      'World',
      'Updated 2 days ago',
      'Sign up here.',
      'Our Standards: The Thomson Reuters Trust Principles.'
    ])
  })

  it('French: its own furniture, month and language', () => {
    const found = review(
      'Le vieux pont rouvre aux piétons\n\nPar Amal Haddad\n\nPublié le 13 août 2024 à 16h48\n\nPartager\n\nLe vieux pont de la ville a rouvert mardi aux piétons après deux ans de travaux, a annoncé la mairie dans un communiqué.\n\n' +
        'À lire aussi : le marché retrouve sa place\n\nLes voitures devront attendre le printemps pour passer sur les arches, qui sont encore fragiles.\n'
    )
    expect(found.fields).toMatchObject({
      headline: 'Le vieux pont rouvre aux piétons',
      byline: 'Par Amal Haddad',
      language: 'fr',
      direction: 'ltr'
    })
    expect(instants(found)[0]).toBe('2024-08-13T12:48:00.000Z Asia/Dubai')
    expect(dropped(found)).toEqual(['Partager', 'À lire aussi : le marché retrouve sa place'])
    expect(found.body.blocks).toHaveLength(2)
  })

  it('a picture in the story keeps its own place, caption and credit', () => {
    const found = review(
      'Old lighthouse gets a new lamp\n\nBy Reuters\n\nThe lighthouse at the eastern point has a new lamp for the first time since 1961, the coast office said.\n\nThe keeper climbed up twice to see it lit from inside, and once by boat from the bay.\n\n' +
        'It can be seen from the old mine, nine miles away, on a clear night in winter.\n\nThe new lamp at the eastern point in December. Photo: Omar Said/Reuters\n\nThe old lamp goes to the school.\n'
    )
    expect(found.fields.leadImage).toBeNull()
    expect(found.body.blocks.map(({ type }) => type)).toEqual([
      'paragraph',
      'paragraph',
      'paragraph',
      'image',
      'paragraph'
    ])
    expect(found.body.blocks[3]).toMatchObject({
      image: {
        mediaId: null,
        caption: 'The new lamp at the eastern point in December.',
        credit: 'Omar Said/Reuters',
        alt: ''
      }
    })
  })

  it('copy that is nothing but paragraphs keeps all of them', () => {
    const found = review(
      'The council met on Monday and agreed to nothing, as it had on the Monday before that one.\n\nIt meets again next week.\n'
    )
    expect(body(found)).toEqual([
      'paragraph: The council met on Monday and agreed to nothing, as it had on the Monday before that one.',
      'paragraph: It meets again next week.'
    ])
    expect(codes(found)).toEqual(['no_headline', 'no_date'])
  })

  it('a short note of two lines is a headline and a paragraph', () => {
    const found = review('Bridge reopens\nTraffic flows again.')
    expect([found.fields.headline, body(found)]).toEqual(['Bridge reopens', ['paragraph: Traffic flows again.']])
  })

  it('says what is doubtful about a date', () => {
    const page = (date: string) =>
      `Old lighthouse gets a new lamp\n\n${date}\n\nThe lighthouse at the eastern point has a new lamp for the first time since 1961, the coast office said.\n`
    expect(codes(review(page('Published: 03/04/2024 10:00')))).toEqual(['date_unclear'])
    expect(codes(review(page('Published: Mon 13 Aug 2024 10:00')))).toEqual(['weekday_differs'])
    expect(codes(review(page('Published: 13 Aug 2024')))).toEqual(['no_time'])
    expect(codes(review(page('Published: 31 Mar 2024 01:30'), { zone: 'Europe/London' }))).toEqual(['time_skipped'])
    expect(codes(review(page('Published: 27 Oct 2024 01:30'), { zone: 'Europe/London' }))).toEqual(['time_twice'])
    expect(codes(review(page('Published: 13 Aug 2024 10:00\nUpdated: 12 Aug 2024 10:00')))).toEqual(['updated_first'])
    expect(instants(review(page('Published: 13 Aug 2024 12:48 GMT')))[0]).toBe('2024-08-13T12:48:00.000Z UTC')
    expect(instants(review(page('Published: 13 Aug 2024 8:48 AM ET')))[0]).toBe(
      '2024-08-13T12:48:00.000Z America/New_York'
    )
    expect(instants(review(page('Published: 31 Mar 2024 01:30'), { zone: 'Europe/London' }))[0]).toBe(
      '2024-03-31T01:30:00.000Z Europe/London'
    )
    expect(instants(review(page('Published: 27 Oct 2024 01:30'), { zone: 'Europe/London' }))[0]).toBe(
      '2024-10-27T00:30:00.000Z Europe/London'
    )
  })

  it('the desk’s own rules go first, and a broken one is named', () => {
    const rules = [
      {
        id: 'desk.partner',
        description: 'partner rail',
        match: { line: ['From our friends at *'] },
        role: 'furniture',
        opensRail: true
      },
      { id: 'desk.region', description: 'region line', match: { line: ['Desk: *'] }, role: 'section' },
      { id: 'desk.broken', description: 'broken', match: { line: ['*'] }, role: 'furniture' }
    ]
    const found = review(
      'Old lighthouse gets a new lamp\n\nDesk: Coast\n\nThe lighthouse at the eastern point has a new lamp for the first time since 1961, the coast office said.\n\nFrom our friends at Coast Weekly\nSeven walks to do in winter\nWhere to see the seals\n\nThe old lamp goes to the school at the end of the year, when the term is over.\n',
      { rules }
    )
    expect(found.fields.section).toBe('Coast')
    expect(
      found.lines
        .filter(({ rule }) => rule !== null)
        .map(({ text, role, reason, rule }) => [text, role, sentence(en, reason), rule])
    ).toEqual([
      ['Desk: Coast', 'section', 'region line', 'desk.region'],
      ['From our friends at Coast Weekly', 'furniture', 'partner rail', 'desk.partner']
    ])
    expect(dropped(found)).toEqual([
      'From our friends at Coast Weekly',
      'Seven walks to do in winter',
      'Where to see the seals'
    ])
    expect(found.body.blocks).toHaveLength(2)
    const unused = found.warnings.find(({ code }) => code === 'rule_unused')
    expect(unused && sentence(en, unused)).toBe(
      'The desk’s intake rule desk.broken is not used: “match.line.0” needs at least one word, or it would catch every line.'
    )
  })

  it('the worked example of docs/intake-rules.md does what the document says', () => {
    const document = readFileSync(new URL('../../../docs/intake-rules.md', import.meta.url), 'utf8')
    const text = /```text\n([\s\S]*?)```/.exec(document)?.[1] ?? ''
    const rules = JSON.parse(/```json\n([\s\S]*?)```/.exec(document)?.[1] ?? '') as unknown[]
    const found = review(text, { rules })
    expect(found.fields.section).toBe('Coast')
    expect(dropped(found)).toEqual([
      'From our friends at Coast Weekly',
      'Seven walks to do in winter',
      'Where to see the seals'
    ])
    expect(
      found.lines.filter(({ kept, role }) => !kept && role !== 'blank').map(({ reason }) => sentence(en, reason))
    ).toEqual([
      "the Coast Weekly's partner rail",
      'under “From our friends at Coast Weekly”',
      'under “From our friends at Coast Weekly”'
    ])
    expect(codes(found)).toEqual(['no_date'])
  })

  it('lists the lines of every role it gave', () => {
    expect(lines(reviewFile('harbour-fares.txt'), 'alt')).toEqual([
      'Passengers board the morning ferry at the eastern quay in Port Salma on Wednesday. AFP'
    ])
  })
})
