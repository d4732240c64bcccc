import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, it } from 'vitest'
import { commands } from '../../../src/main/cli/commands/index.ts'
import { en } from '../../../src/shared/words/en/index.ts'
import { FakeWordpress } from '../../peers/fake-wordpress.ts'
import { groupedFingerprint } from '../../../src/shared/publishing/certificate.ts'
import { makeCertificate } from '../../support/certificates.ts'
import { TlsFront } from '../../support/tls-front.ts'
import { cliDesk, ninjs } from './cli-desk.ts'

// Processes of their own are for what only they show, one or two to a test.
describe('the command line', { timeout: 60_000 }, () => {
  const { folder, library, file, start, adopt, galley, here, run, said, imported } = cliDesk()

  it('explains itself, and wrong use ends with 2', async () => {
    expect(await galley(['--help'])).toMatchObject({ code: 0, error: '', out: expect.stringContaining('intake FILE…') })
    expect(await here('help', 'export')).toMatchObject({
      code: 0,
      error: '',
      out: expect.stringContaining('--out DIR')
    })
    for (const { name, options } of commands) {
      const { operands } = en.cli.commands[name]
      const help = await here(name, '--help')
      expect(help).toMatchObject({ code: 0, error: '', out: expect.stringContaining(`galley ${name} ${operands}`) })
      for (const option of Object.keys(options)) expect(help.out).toContain(`--${option}`)
    }
    for (const wrong of [
      [],
      ['fly'],
      ['list', '--colour'],
      ['list', 'extra'],
      ['show'],
      ['list', '--limit', 'many'],
      ['list', '--status', 'fine'],
      ['export', 'x', '--format', 'pdf']
    ]) {
      expect([wrong, await here(...wrong)]).toEqual([
        wrong,
        { code: 2, out: '', error: expect.stringMatching(/\S/), lines: [] }
      ])
    }
    expect(await galley(['list', '--colour'])).toMatchObject({ code: 2, out: '' })
  })

  it('says where there is no library, and makes none by mistake', async () => {
    expect(await run('list')).toMatchObject({
      code: 3,
      out: '',
      error: expect.stringContaining('There is no library in')
    })
    expect(await readdir(folder())).not.toContain('library')
  })

  it('imports, lists, shows and exports', async () => {
    const [first, second] = await imported('Bridge closes', 'Ferry sails')
    const list = await run('list')
    expect(list).toMatchObject({ code: 0, error: '' })
    expect(list.lines.map(({ id, headline }) => [id, headline])).toEqual([
      [second, 'Ferry sails'],
      [first, 'Bridge closes']
    ])
    expect((await run('list', '--sort', 'headline', '--limit', '1')).lines).toMatchObject([
      { headline: 'Bridge closes' }
    ])
    expect((await run('list', '--search', 'ferry')).lines).toMatchObject([{ headline: 'Ferry sails' }])
    expect((await run('list', '--status', 'trashed')).lines).toEqual([])

    const shown = await galley(['show', 'bridge-closes', '--library', library()])
    expect(shown).toMatchObject({
      code: 0,
      error: '',
      out: expect.stringMatching(/Headline\s+Bridge closes\n[^]*The body of Bridge closes\.\n$/)
    })
    expect((await run('show', first!)).lines).toMatchObject([{ id: first, fields: { headline: 'Bridge closes' } }])

    const out = join(folder(), 'out')
    const exported = await run('export', first!, 'ferry-sails', '--format', 'html', '--format', 'json', '--out', out)
    expect(exported).toMatchObject({ code: 0, error: '' })
    expect(exported.lines).toHaveLength(4)
    expect((await readdir(out)).toSorted()).toEqual(exported.lines.map(({ name }) => name as string).toSorted())
    expect(await readFile(join(out, exported.lines[0].name as string), 'utf8')).toContain('Bridge closes')
    const again = await run('export', '--all', '--format', 'html', '--out', out)
    expect(again.lines.map(({ name }) => name).toSorted()).toEqual(['Bridge closes (2).html', 'Ferry sails (2).html'])
  })

  it('finds a story by the beginning of its id, and asks where that is not enough', async () => {
    const [first, second] = await imported('Bridge closes', 'Bridge closes')
    expect(await run('show', 'bridge-closes')).toMatchObject({ code: 2, error: expect.stringContaining(second!) })
    let common = 0
    while (first![common] === second![common]) common++
    expect((await run('show', first!.slice(0, common + 1))).lines).toMatchObject([{ id: first }])
    expect(await run('show', 'nothing-of-the-kind')).toMatchObject({ code: 3, out: '' })
    expect(await run('show', '00000000-0000-7000-8000-000000000000')).toMatchObject({ code: 3 })
  })

  it('goes on after a file that cannot be read, and says which', async () => {
    const bad = await file('bad.json', '{"not": "a story"')
    const good = await file('good.json', ninjs('Good'))
    const ran = await run('import', join(folder(), 'missing.json'), bad, good)
    expect(ran.lines).toMatchObject([{ headline: 'Good' }])
    expect(ran.code).toBe(3)
    expect(ran.error).toContain('missing.json')
    expect(ran.error).toContain('bad.json')
  })

  it('reads standard input', async () => {
    const ran = await galley(['import', '-', '--library', library(), '--json'], ninjs('Piped'))
    expect(ran.lines).toMatchObject([{ file: '-', headline: 'Piped' }])
  })

  it('takes in a page, and shows what it would do with one', async () => {
    const page = await file(
      'page.txt',
      'Council approves bridge\n\nBy Amal Haddad\n\nThe city council approved the bridge on Monday.\n\nWork begins in the spring, it said.\n'
    )
    expect((await run('intake', page, '--review')).lines[0]).toMatchObject({
      fields: { headline: 'Council approves bridge' }
    })
    const taken = await run('intake', page)
    expect(taken).toMatchObject({ code: 0 })
    expect((await run('list')).lines).toMatchObject([{ id: taken.lines[0].id, headline: 'Council approves bridge' }])
  })

  it('works through the Galley that has the library open', async () => {
    await imported('Bridge closes')
    const serving = start(['serve', '--library', library()])
    const lines = createInterface({ input: serving.stdout! })
    const [address] = await new Promise<string[]>((resolve) => lines.once('line', (line) => resolve([line])))
    expect(address).toMatch(/^Galley is at http:\/\/127\.0\.0\.1:\d+\//)
    const path = await file('new.json', ninjs('Through the socket'))
    expect((await run('import', path)).lines).toMatchObject([{ headline: 'Through the socket' }])
    expect((await run('list')).lines).toHaveLength(2)
    expect(await run('sample-library', '--stories', '5')).toMatchObject({ code: 6, out: '' })
    serving.kill('SIGTERM')
    await new Promise((resolve) => serving.once('exit', resolve))
    expect((await run('list')).lines).toHaveLength(2)
  })

  it('refuses to write beside a process that holds the library without answering, and still reads', async () => {
    await imported('Bridge closes')
    const child = spawn(
      process.execPath,
      [
        '--disable-warning=ExperimentalWarning',
        join(import.meta.dirname, '../../support/writing-process.ts'),
        library()
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] }
    )
    adopt(child)
    await new Promise((resolve) => child.stdout!.once('data', resolve))
    const path = await file('new.json', ninjs('Refused'))
    expect(await run('import', path)).toMatchObject({ code: 6, out: '' })
    expect((await run('list', '--search', 'bridge')).lines).toMatchObject([{ headline: 'Bridge closes' }])
  })

  it('refuses an hour that has passed, unless now is what is meant', async () => {
    await imported('Bridge closes')
    const toPractice = (...more: string[]) =>
      run('publish', 'bridge-closes', '--target', 'practice', '--wait', '--timeout', '20', ...more)
    const passed = await toPractice('--at', '2020-01-01T10:00Z')
    expect([passed.code, passed.out]).toEqual([4, ''])
    expect(passed.error).toMatch(/hour of release has passed: 2020-01-01T[\s\S]*Add --now/)
    expect((await run('outbox')).lines).toEqual([])
    expect(await toPractice('--at', '31 February')).toMatchObject({ code: 2, out: '' })
    expect((await toPractice('--now')).lines).toMatchObject([{ state: 'done', planned: null }])
  })

  it('lets copy under embargo out with a reason alone', async () => {
    const item = { ...JSON.parse(ninjs('Held')), embargoedUntil: '2098-05-01T10:00:00+00:00' }
    await run('import', await file('held.json', JSON.stringify(item)))
    const out = join(folder(), 'out')
    const refused = await run('export', 'held', '--format', 'text', '--out', out)
    expect([refused.code, refused.out]).toEqual([1, ''])
    expect(refused.error).toMatch(/under embargo until 2098-05-01T[\s\S]*--reason/)
    expect((await run('show', 'held', '--format', 'text')).code).not.toBe(0)
    const reason = ['--reason', 'The partner sets its pages tonight']
    expect((await run('export', 'held', '--format', 'text', '--out', out, ...reason)).code).toBe(0)
    expect(await readFile(join(out, 'Held.txt'), 'utf8')).toMatch(/^.*Not to be published before/s)
    const shown = await said('show', 'held', '--format', 'text', ...reason)
    expect(shown.out).toContain('Held')
  })

  it('publishes what is scheduled again for its hour, says so, and at once when now is meant', async () => {
    await imported('Bridge closes')
    const toPractice = (...more: string[]) => run('publish', 'bridge-closes', '--target', 'practice', ...more)
    const utc = '2098-05-01T10:00:00.000Z'
    await toPractice('--at', utc)
    const again = await toPractice()
    expect(again.lines).toMatchObject([{ state: 'scheduled', planned: { utc } }])
    const inWords = await said('publish', 'bridge-closes', '--target', 'practice')
    expect(inWords.out).toMatch(/^scheduled for 2098-05-01T\S+ \([\w/]+\): Bridge closes → Practice CMS/)
    expect((await toPractice('--now', '--wait', '--timeout', '20')).lines).toMatchObject([
      { state: 'done', planned: null }
    ])
  })

  it('lists what is planned by time, with the embargoes still to come', async () => {
    await imported('Bridge closes')
    const utc = '2098-05-01T10:00:00.000Z'
    await run('publish', 'bridge-closes', '--target', 'practice', '--at', utc)
    const held = { ...JSON.parse(ninjs('Budget speech')), embargoedUntil: '2098-04-30T10:00:00+00:00' }
    await run('import', await file('held.json', JSON.stringify(held)))
    const { lines } = await run('outbox', '--planned')
    expect(lines).toMatchObject([
      { kind: 'embargo', headline: 'Budget speech', target: null, sentBy: null },
      { kind: 'delivery', headline: 'Bridge closes', target: 'Practice CMS', state: 'scheduled', sentBy: 'laptop' }
    ])
    expect(lines.map(({ at }: { at: string }) => Date.parse(at))).toEqual([
      Date.parse('2098-04-30T10:00:00.000Z'),
      Date.parse(utc)
    ])
    expect(await said('outbox', '--planned')).toMatchObject({
      out: expect.stringMatching(/^AT +KIND +TARGET +SENT BY +HEADLINE +ID\n2098-04-30 .*embargo ends.*Budget speech/)
    })
  })

  it('publishes to the practice CMS and waits for the receipt', async () => {
    await imported('Bridge closes')
    const published = await run('publish', 'bridge-closes', '--target', 'practice', '--wait', '--timeout', '20')
    expect(published.code).toBe(0)
    // What the desk's checks advise is said, and holds nothing up.
    expect(published.error).toMatch(/worth a look\n\s+Standfirst: not there yet/)
    expect(published.lines).toMatchObject([
      { state: 'done', headline: 'Bridge closes', receipt: { revision: expect.any(Number) } }
    ])
    expect((await run('outbox')).lines).toMatchObject([{ state: 'done' }])
    expect((await run('outbox', '--open')).lines).toEqual([])
    expect(await run('publish', 'bridge-closes', '--target', 'elsewhere')).toMatchObject({ code: 3, out: '' })
    const silent = await run('publish', 'bridge-closes', '--target', 'practice', '--correction')
    expect([silent.out, silent.error]).toEqual([
      '',
      expect.stringMatching(/needs a notice that readers do not have yet/)
    ])
  })

  it('says what the checks find, and does not publish what they require', async () => {
    await imported('Bridge closes TK', 'Bridge opens')
    const checked = await run('check', 'bridge-closes-tk')
    expect(checked.code).toBe(4)
    expect(checked.lines[0].findings).toContainEqual({
      rule: 'leftovers',
      level: 'required',
      place: { field: 'headline', start: 14, end: 16 },
      said: { key: 'checks.leftover', params: { mark: 'TK' } },
      quote: 'TK'
    })
    const refused = await run('publish', 'bridge-closes-tk', '--target', 'practice')
    expect([refused.code, refused.out]).toEqual([4, ''])
    expect(refused.error).toMatch(/fixed before the story is published: “TK” is still in the copy/)
    expect((await run('outbox')).lines).toEqual([])
    expect(await said('check', 'bridge-opens')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^WEIGHT +WHERE +FOUND +WORDS\nadvised +Standfirst/)
    })
  })

  it('shows the receipt of a story that is live, and says where there is none', async () => {
    await imported('Bridge closes')
    expect(await run('receipt', 'bridge-closes')).toMatchObject({ code: 3, out: '' })
    await run('publish', 'bridge-closes', '--target', 'practice', '--wait', '--timeout', '20')
    expect((await run('receipt', 'bridge-closes')).lines).toMatchObject([
      { target: 'Practice CMS', purpose: 'publish', media: 0, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }
    ])
  })

  it('adds, lists, tests and removes targets, and takes a secret from standard input alone', async () => {
    await imported('Bridge closes')
    const about = [
      '--kind',
      'wordpress',
      '--url',
      'http://127.0.0.1:9/',
      '--user',
      'desk',
      '--set',
      'status=draft',
      '--library',
      library(),
      '--json'
    ]
    const added = await galley(['targets', 'add', 'The site', ...about, '--secret-stdin'], 'hush hush\n')
    expect(added.code).toBe(0)
    expect(JSON.parse(added.out)).toMatchObject({
      name: 'The site',
      kind: 'wordpress',
      url: 'http://127.0.0.1:9',
      settings: { user: 'desk', status: 'draft' }
    })
    expect(added.out + added.error).not.toContain('hush')
    expect((await run('targets')).lines).toMatchObject([{ name: 'The site' }])
    expect((await run('targets', 'test', 'the site')).code).toBe(4)
    expect((await run('targets', 'add', 'X', '--kind', 'wordpress', '--url', 'http://127.0.0.1:9/')).code).toBe(2)
    expect((await run('targets', 'add', 'X', '--kind', 'teletype', '--url', 'http://127.0.0.1:9/')).code).toBe(2)
    expect((await run('targets', 'remove', 'Elsewhere')).code).toBe(3)
    expect((await run('targets', 'remove', 'The site')).code).toBe(0)
    expect((await run('targets')).lines).toEqual([])
  })

  it('shows a certificate this machine does not take, and trusts that one by its fingerprint', async () => {
    await imported('Bridge closes')
    const site = new FakeWordpress(() => Date.now())
    await site.start()
    const made = makeCertificate({ organisation: 'City Desk' })
    const front = await TlsFront.start(site.url, made)
    site.home = front.url
    const fingerprint = groupedFingerprint(made.fingerprint)
    // The secret is kept for as long as Galley runs.
    const serving = start(['serve', '--library', library()])
    await once(createInterface({ input: serving.stdout! }), 'line')
    try {
      const at = ['--url', front.url, '--user', site.user, '--library', library()]
      const unknown = await galley(['targets', 'add', 'The site', ...at, '--secret-stdin'], site.password)
      expect(unknown.code).toBe(2)
      expect(unknown.error).toContain(`Fingerprint (SHA-256): ${fingerprint}`)
      const kind = ['--kind', 'wordpress']
      expect((await galley(['targets', 'add', 'The site', ...kind, ...at, '--secret-stdin'], site.password)).code).toBe(
        0
      )
      const tested = await galley(['targets', 'test', 'The site', '--library', library()])
      expect(tested.code).toBe(4)
      for (const words of [
        'nobody else vouches for it',
        'Belongs to: City Desk',
        '127.0.0.1',
        '2120-01-01',
        fingerprint
      ])
        expect(tested.error, words).toContain(words)
      expect([...front.told.values()]).toEqual([])

      expect((await run('targets', 'trust', 'The site')).code).toBe(2)
      expect((await run('targets', 'trust', 'The site', '--fingerprint', 'AB:CD')).code).toBe(2)
      const printed = `sha256 Fingerprint=${fingerprint}`
      expect((await run('targets', 'trust', 'The site', '--fingerprint', printed)).lines).toMatchObject([
        { trusted: made.fingerprint }
      ])
      expect((await run('targets', 'test', 'The site')).code).toBe(0)
      expect((await run('targets', 'trust', 'The site', '--forget')).lines).toMatchObject([{ trusted: null }])
      expect((await run('targets', 'test', 'The site')).code).toBe(4)
      const known = ['targets', 'add', 'Known', ...at, '--fingerprint', made.fingerprint, '--secret-stdin']
      expect((await galley(known, site.password)).code).toBe(0)
      expect((await run('targets', 'test', 'Known')).code).toBe(0)
    } finally {
      serving.kill('SIGTERM')
      await once(serving, 'exit')
      await front.stop()
      await site.stop()
    }
  })

  it('lists whom posts can name as authors, and keeps who somebody is', async () => {
    await imported('Bridge closes')
    const site = new FakeWordpress(() => Date.now())
    await site.start()
    // The secret is kept for as long as Galley runs.
    const serving = start(['serve', '--library', library()])
    await once(createInterface({ input: serving.stdout! }), 'line')
    try {
      const about = ['--kind', 'wordpress', '--url', site.url, '--user', site.user, '--library', library()]
      expect((await galley(['targets', 'add', 'The site', ...about, '--secret-stdin'], site.password)).code).toBe(0)
      expect((await run('targets', 'authors', 'The site')).lines).toEqual([
        { id: '1', name: 'Desk' },
        { id: '2', name: 'Ana Kos' }
      ])
      await run('targets', 'authors', 'The site', '--set', 'Lea Sun=Ana Kos', '--set', 'Jon Poe=')
      const kept = { authors: { 'Lea Sun': '2', 'Jon Poe': '' } }
      expect((await run('targets')).lines).toMatchObject([{ settings: kept }])
      expect((await run('targets', 'authors', 'The site', '--set', 'Lea Sun=Nobody')).code).toBe(2)
      expect((await run('targets')).lines).toMatchObject([{ settings: kept }])
    } finally {
      serving.kill('SIGTERM')
      await once(serving, 'exit')
      await site.stop()
    }
  })

  it('lists the versions of a story, says what differs between two, and brings one back', async () => {
    await imported('Bridge closes')
    expect((await run('restore', 'bridge-closes', '1')).lines).toMatchObject([{ revision: 2 }])
    expect((await run('history', 'bridge-closes')).lines).toMatchObject([
      { revision: 2, reason: 'restored', name: null },
      { revision: 1, reason: 'import' }
    ])
    expect((await run('history', 'bridge-closes', '--diff', '1', '2')).lines).toMatchObject([
      { isEqual: true, fields: [] }
    ])
    expect((await said('history', 'bridge-closes', '--diff', '1')).out).toBe(`${en.cli.history.same}\n`)
    expect((await run('restore', 'bridge-closes', '9')).code).toBe(3)
    expect((await run('restore', 'bridge-closes', 'last')).code).toBe(2)
    expect((await run('history', 'bridge-closes', '1')).code).toBe(2)
    expect((await run('history', 'bridge-closes', '--diff')).code).toBe(2)
  })

  it('makes a sample library, the same one for the same seed, and finds nothing wrong with it', async () => {
    expect((await run('sample-library', '--stories', '120', '--seed', '7')).lines).toMatchObject([{ added: 120 }])
    const first = (await run('list', '--limit', '0', '--sort', 'created')).lines.map(({ id, headline }) => [
      id,
      headline
    ])
    expect(first.length).toBeGreaterThan(110)
    expect((await run('sample-library', '--stories', '130', '--seed', '7')).lines).toMatchObject([{ added: 10 }])
    expect((await run('list', '--search', 'council', '--limit', '3')).lines).toHaveLength(3)
    const doctor = await run('doctor')
    expect(doctor.lines.filter(({ ok }) => !ok)).toEqual([])
    expect(doctor.code).toBe(0)
    await rm(library(), { recursive: true })
    await run('sample-library', '--stories', '120', '--seed', '7')
    expect(
      (await run('list', '--limit', '0', '--sort', 'created')).lines.map(({ id, headline }) => [id, headline])
    ).toEqual(first)
  })

  it('has the doctor end with 1 when something is wrong', async () => {
    await imported('Bridge closes')
    await mkdir(join(library(), 'media'), { recursive: true })
    await writeFile(join(library(), 'galley.db'), '')
    const doctor = await run('doctor')
    expect(doctor.code).toBe(1)
    expect(doctor.lines.filter(({ ok }) => !ok)).toMatchObject([{ check: 'opening' }])
    expect((await run('list')).lines).toMatchObject([{ headline: 'Bridge closes' }])
  })
})
