import { afterEach, describe, expect, it } from 'vitest'
import { IntakeReader } from '../../../src/main/core/intake/intake-reader.ts'
import { review } from './support.ts'

const options = { zone: 'Asia/Dubai', language: 'en', now: 0 }
const page = (text: string) => ({ name: 'page.txt', bytes: new TextEncoder().encode(text) })
const long = 'The clerk wrote that nothing had been decided that had not been decided before.\n\n'.repeat(60_000)

describe('reading pages in a worker', { timeout: 60_000 }, () => {
  const readers: IntakeReader[] = []
  const reader = (patience?: number) => {
    const made = new IntakeReader(patience)
    readers.push(made)
    return made
  }
  afterEach(async () => {
    await Promise.all(readers.splice(0).map((one) => one.close()))
  })

  it('returns what reading here returns, and refusals as they are', async () => {
    const text = 'Old mill grinds again\n\nBy Ines Marr\n\nThe wheel turned until dusk on Friday, the miller said.\n'
    const one = reader()
    expect(await one.read(page(text), options, { linesToo: true })).toEqual(review(text, { now: 0 }))
    await expect(one.read(page('%PDF-1.7'), options, { linesToo: true })).rejects.toMatchObject({ code: 'unsupported' })
  })

  it('hands a long page over in pieces, in order, and leaves out the lines nobody asked for', async () => {
    const text = Array.from({ length: 9001 }, (_, n) => `The clerk said ${n} things on that day, no more and no less.`)
    const one = reader()
    const read = await one.read(page(text.join('\n\n')), options, { linesToo: true })
    expect(read).toEqual(review(text.join('\n\n'), { now: 0 }))
    const light = await one.read(page(text.join('\n\n')), options, { linesToo: false })
    expect(light).toEqual({ ...read, lines: [] })
  })

  it('gives a page up when its time is over, and reads the next one', async () => {
    const one = reader(1)
    await expect(one.read(page(long), options, { linesToo: true })).rejects.toMatchObject({ code: 'too_large' })
    await expect(one.read(page(long), options, { linesToo: true })).rejects.toMatchObject({ code: 'too_large' })
  })

  it('stops at once when called off, whatever it is at', async () => {
    const one = reader()
    const stop = new AbortController()
    const first = one.read(page(long), options, { linesToo: true, signal: stop.signal })
    const second = one.read(page('Old mill grinds again\n\nThe wheel turned.\n'), options, { linesToo: true })
    stop.abort()
    await expect(first).rejects.toMatchObject({ code: 'cancelled' })
    expect((await second).fields.headline).toBe('Old mill grinds again')
  })
})

describe('strings that freeze careless expressions', () => {
  const strings: readonly [string, string][] = [
    ['spaces in a line', `A${' '.repeat(40_000)}b.`],
    ['three million spaces', `A ${' '.repeat(3_000_000)} b.`],
    ['commas and bars', `By ${', '.repeat(50_000)}\n${' | '.repeat(50_000)}A`],
    ['spaces in a tag', `<p${' '.repeat(300_000)}x>y</p><p>The wheel turned until dusk.</p>`],
    ['comments in front', `${'<!-- -->'.repeat(50_000)}<p>The wheel turned until dusk.</p>`],
    ['names without end', `<h1>Wheel</h1>${'<a rel=author href=/a>Ines Marr</a> '.repeat(20_000)}`],
    ['data of commas', `<script type="application/ld+json">[${', '.repeat(100_000)}</script><p>The wheel turned.</p>`],
    ['twenty thousand items', `<ul>${'<li>The wheel turned until dusk</li>'.repeat(20_000)}</ul>`],
    ['labels and spaces', `Tags:${' '.repeat(150)}\n`.repeat(5_000)]
  ]
  it.each(strings)('%s', { timeout: 30_000 }, (_, text) => {
    expect(review(text, { name: 'page' }).lines.length).toBeGreaterThan(0)
  })
})
