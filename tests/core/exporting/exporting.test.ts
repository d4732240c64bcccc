import { say } from '../../../src/shared/words/message.ts'
import { createHash } from 'node:crypto'
import { spawn } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ExportingService, type ExportRequest } from '../../../src/main/core/exporting/exporting.ts'
import { isTemporary } from '../../../src/main/core/files/write-atomic.ts'
import type { Story } from '../../../src/shared/story/story.ts'
import type { MediaAsset } from '../../../src/shared/contract/media.ts'
import { readGalleyJson } from '../../../src/shared/formats/galley-json.ts'
import { GalleyError } from '../../../src/shared/rpc/errors.ts'
import { goldenSite, goldenStories } from '../../golden/golden.ts'

const beside: ExportRequest['options'] = { images: 'beside', existing: 'rename' }
const picture = new Uint8Array([137, 80, 78, 71])
const pictureId = createHash('sha256').update(picture).digest('hex')
const asset: MediaAsset = {
  id: pictureId,
  type: 'image/png',
  name: 'A "picture": one/two.PNG',
  width: 4,
  height: 3,
  size: picture.length,
  metadata: {}
}

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'galley-export-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

function id(n: number): string {
  return `01980000-0000-7000-8000-${String(n).padStart(12, '0')}`
}

function story(n: number, headline: string, withPicture = false): Story {
  const [golden] = goldenStories().filter(({ name }) => name === 'empty')
  if (!golden) throw new Error('No golden story')
  const { story } = golden
  return {
    ...story,
    id: id(n),
    fields: {
      ...story.fields,
      headline,
      leadImage: withPicture
        ? { mediaId: pictureId, caption: `Caption ${n}`, credit: 'Ellery Wire', alt: '', focalPoint: null }
        : null
    },
    body: { version: 1, blocks: [{ id: 'p', type: 'paragraph', runs: [{ text: `Story ${n}` }] }] }
  }
}

interface Desk {
  service: ExportingService
  progress: { done: number; total: number | null }[]
  revealed: string[]
}

function desk(
  stories: readonly Story[],
  more: {
    readMedia?: (id: string) => Promise<Uint8Array>
    onProgress?: () => void
    now?: () => number
    known?: boolean
  } = {}
): Desk {
  const byId = new Map(stories.map((story) => [story.id, story]))
  const progress: Desk['progress'] = []
  const revealed: string[] = []
  const service = new ExportingService({
    getStory(wanted) {
      const story = byId.get(wanted)
      if (!story) throw new GalleyError('not_found', say('stories.noSuchStory'))
      return story
    },
    plannedHour: () => null,
    passEmbargo: () => undefined,
    findMedia: (wanted) => (wanted === pictureId && more.known !== false ? asset : undefined),
    async makeRendition(use, stem) {
      if (use.mediaId !== pictureId || more.known === false)
        throw new GalleyError('not_found', say('media.noSuchPicture'))
      const bytes = await (more.readMedia ?? (async () => picture))(use.mediaId)
      return { asset: { ...asset, name: `${stem}-${pictureId.slice(0, 12)}.png` }, bytes }
    },
    settings: () => ({ ...goldenSite, exportFolder: '' }),
    platform: {
      exportFolder: join(folder, 'default'),
      reveal: async (path) => {
        revealed.push(path)
      }
    },
    jobs: {
      run: async (_jobId, _label, signal, work) =>
        await work({
          signal,
          progress: (done, total) => {
            progress.push({ done, total })
            more.onProgress?.()
          }
        })
    },
    now: more.now ?? (() => 0)
  })
  return { service, progress, revealed }
}

const never = new AbortController().signal
const text = async (name: string): Promise<string> => await readFile(join(folder, name), 'utf8')

describe('a story', () => {
  test('goes out in every format with its pictures beside it', async () => {
    const { service } = desk([story(1, 'Bridge: closed?', true)])
    const {
      files,
      failed,
      folder: where
    } = await service.write(
      { ids: [id(1)], formats: ['html', 'fragment', 'json', 'ninjs', 'text'], folder, options: beside },
      never
    )
    expect(failed).toEqual([])
    expect(where).toBe(folder)
    const pictureFile = `bridge-closed-${pictureId.slice(0, 12)}.png`
    expect((await readdir(folder)).sort()).toEqual([
      'Bridge closed-media',
      'Bridge closed.fragment.html',
      'Bridge closed.galley.json',
      'Bridge closed.html',
      'Bridge closed.ninjs.json',
      'Bridge closed.txt'
    ])
    expect(await readdir(join(folder, 'Bridge closed-media'))).toEqual([pictureFile])
    expect(new Uint8Array(await readFile(join(folder, 'Bridge closed-media', pictureFile)))).toEqual(picture)
    const src = /<img src="([^"]+)"/.exec(await text('Bridge closed.html'))?.[1] ?? ''
    expect(decodeURIComponent(src)).toBe(`Bridge closed-media/${pictureFile}`)
    expect(readGalleyJson(JSON.parse(await text('Bridge closed.galley.json')))).toMatchObject({
      story: story(1, 'Bridge: closed?', true),
      media: [{ id: pictureId, file: `Bridge closed-media/${pictureFile}` }]
    })
    for (const file of files) {
      const bytes = await readFile(join(folder, file.name))
      expect([file.storyId, file.bytes, file.sha256]).toEqual([
        id(1),
        bytes.length,
        createHash('sha256').update(bytes).digest('hex')
      ])
    }
  })

  test('goes out as one file with its pictures inside', async () => {
    const { service } = desk([story(1, 'One file', true)])
    await service.write(
      { ids: [id(1)], formats: ['html', 'json'], folder, options: { images: 'inline', existing: 'rename' } },
      never
    )
    expect((await readdir(folder)).sort()).toEqual(['One file.galley.json', 'One file.html'])
    expect(await text('One file.html')).toContain(
      `<img src="data:image/png;base64,${Buffer.from(picture).toString('base64')}"`
    )
    expect(readGalleyJson(JSON.parse(await text('One file.galley.json'))).media[0]?.bytes).toBe(
      Buffer.from(picture).toString('base64')
    )
    const rendered = await service.render({ id: id(1), format: 'html', way: 'export' })
    expect(rendered).toEqual({
      name: 'One file.html',
      type: 'text/html; charset=utf-8',
      text: await text('One file.html')
    })
  })

  test('is previewed as readers will have it: pictures inside, and neither a draft nor under embargo', async () => {
    const one = story(1, 'One', true)
    const embargo = { utc: '2030-01-01T06:00:00.000Z', zone: 'UTC', origin: 'typed' as const }
    const held: Story = { ...one, status: 'draft', fields: { ...one.fields, times: { ...one.fields.times, embargo } } }
    const page = await desk([held]).service.preview(id(1))
    expect(page).toContain('src="data:image/png;base64,')
    const { service } = desk([{ ...one, status: 'published' }])
    expect(page).toBe((await service.render({ id: id(1), format: 'html', way: 'export' })).text)
    expect(await service.preview(id(9))).toBeNull()
  })

  test('is the same bytes each time', async () => {
    const { service } = desk([story(1, 'Twice', true)])
    const request: ExportRequest = {
      ids: [id(1)],
      formats: ['html', 'json', 'ninjs'],
      folder,
      options: { images: 'beside', existing: 'replace' }
    }
    const first = await service.write(request, never)
    expect(await service.write(request, never)).toEqual(first)
  })

  test('goes out without a picture that cannot be read, and says so', async () => {
    const broken = desk([story(1, 'Broken', true)], {
      readMedia: async () => {
        throw new GalleyError('damaged', say('media.fileDamaged'))
      }
    })
    const result = await broken.service.write({ ids: [id(1)], formats: ['html'], folder, options: beside }, never)
    expect(result.files).toHaveLength(1)
    expect(result.failed).toEqual([
      {
        storyId: id(1),
        why: { key: 'exporting.pictureLeftOut', params: { name: asset.name, problem: { key: 'media.fileDamaged' } } }
      }
    ])
    expect(await text('Broken.html')).not.toMatch(/<img|to come/)
    const unknown = await desk([story(1, 'Unknown', true)], { known: false }).service.write(
      { ids: [id(1)], formats: ['html'], folder, options: beside },
      never
    )
    expect(unknown.failed[0]?.why).toEqual({ key: 'exporting.pictureUnknown' })
  })
})

describe('what is in the folder already', () => {
  test('is never overwritten unless the person said so', async () => {
    await writeFile(join(folder, 'same.HTML'), 'theirs')
    const { service } = desk([story(1, 'Same', true), story(2, 'SAME'), story(3, 'same', true)])
    const ids = [id(1), id(2), id(3)]
    const { files } = await service.write({ ids, formats: ['html', 'text'], folder, options: beside }, never)
    expect(files.map(({ storyId, name }) => [storyId, name])).toEqual([
      [id(1), 'Same (2).html'],
      [id(1), 'Same (2).txt'],
      [id(2), 'SAME (3).html'],
      [id(2), 'SAME (3).txt'],
      [id(3), 'same (4).html'],
      [id(3), 'same (4).txt']
    ])
    expect(await text('same.HTML')).toBe('theirs')
    const again = await service.write({ ids, formats: ['html', 'text'], folder, options: beside }, never)
    expect(again.files.map(({ name }) => name)).toContain('Same (5).html')
    expect((await readdir(folder)).filter((name) => name.endsWith('.txt'))).toHaveLength(6)
  })

  test('is replaced when the person said so, and equal headlines still get a file each', async () => {
    await writeFile(join(folder, 'Same.txt'), 'theirs')
    const { service } = desk([story(1, 'Same'), story(2, 'Same')])
    for (let run = 0; run < 2; run += 1) {
      const { files } = await service.write(
        { ids: [id(1), id(2)], formats: ['text'], folder, options: { images: 'beside', existing: 'replace' } },
        never
      )
      expect(files.map(({ name }) => name)).toEqual(['Same.txt', 'Same (2).txt'])
    }
    expect(await text('Same.txt')).toContain('Story 1')
    expect(await text('Same (2).txt')).toContain('Story 2')
  })

  test('cannot lead the pictures elsewhere', async () => {
    await mkdir(join(folder, 'elsewhere'))
    await mkdir(join(folder, 'out'))
    await symlink(join(folder, 'elsewhere'), join(folder, 'out', 'Story-media'))
    const { service } = desk([story(1, 'Story', true)])
    const { failed } = await service.write(
      {
        ids: [id(1)],
        formats: ['html'],
        folder: join(folder, 'out'),
        options: { images: 'beside', existing: 'replace' }
      },
      never
    )
    expect(failed[0]?.why).toEqual({ key: 'exporting.picturesAreALink' })
    expect(await readdir(join(folder, 'elsewhere'))).toEqual([])
  })

  test('hostile headlines stay inside', async () => {
    const headlines = ['../../etc/passwd', '..', 'CON', '/', 'a\u0000b', '\u202Egpj.exe', 'x'.repeat(900), '']
    const { service } = desk(headlines.map((headline, n) => story(n, headline)))
    const { files, failed } = await service.write(
      { ids: headlines.map((_, n) => id(n)), formats: ['html'], folder: join(folder, 'in'), options: beside },
      never
    )
    expect(failed).toEqual([])
    expect((await readdir(join(folder, 'in'))).sort()).toEqual(files.map(({ name }) => name).sort())
    expect(await readdir(folder)).toEqual(['in'])
  })
})

describe('a run', () => {
  test('goes on after a bad story, reports, and keeps the order asked for', async () => {
    const stories = Array.from({ length: 40 }, (_, n) => story(n, n % 2 ? `Story ${n}` : 'Story'))
    let clock = 0
    const { service, progress } = desk(
      stories.filter((_, n) => n !== 7),
      { now: () => (clock += 60) }
    )
    const { files, failed } = await service.write(
      { ids: stories.map((story) => story.id), formats: ['text'], folder, options: beside },
      never
    )
    expect(failed).toEqual([{ storyId: id(7), why: { key: 'stories.noSuchStory' } }])
    expect(files.map(({ storyId }) => storyId)).toEqual(stories.map((story) => story.id).filter((one) => one !== id(7)))
    expect(new Set(files.map(({ name }) => name)).size).toBe(39)
    for (const { storyId, name } of files) expect(await text(name)).toContain(`Story ${Number(storyId.slice(-12))}\n`)
    expect(progress[0]).toEqual({ done: 0, total: 40 })
    expect(progress.at(-1)).toEqual({ done: 40, total: 40 })
    expect(progress.length).toBeGreaterThan(3)
    expect(progress.map(({ done }) => done)).toEqual(progress.map(({ done }) => done).sort((a, b) => a - b))
  })

  test('stops when cancelled and leaves whole files', async () => {
    const abort = new AbortController()
    let reports = 0
    let clock = 0
    const { service } = desk(
      Array.from({ length: 200 }, (_, n) => story(n, `Story ${n}`)),
      {
        now: () => (clock += 60),
        onProgress: () => {
          if ((reports += 1) === 5) abort.abort()
        }
      }
    )
    const ids = Array.from({ length: 200 }, (_, n) => id(n))
    await expect(
      service.write({ ids, formats: ['text'], folder, options: beside }, abort.signal)
    ).rejects.toMatchObject({ code: 'cancelled' })
    const names = await readdir(folder)
    expect(names.length).toBeGreaterThan(0)
    expect(names.length).toBeLessThan(200)
    expect(names.filter(isTemporary)).toEqual([])
    for (const name of names) expect(await text(name)).toMatch(/Story \d+\n$/)
  })

  test('stops at a full disk and says how far it came', async () => {
    const { service } = desk([story(1, 'a', true), story(2, 'b'), story(3, 'c')], { readMedia: async () => picture })
    const full = new ExportingService({
      getStory: async (wanted) => {
        if (wanted === id(2)) throw new GalleyError('storage_full', say('store.diskFull'))
        return story(Number(wanted.slice(-12)), `Story ${wanted}`)
      },
      plannedHour: () => null,
      passEmbargo: () => undefined,
      findMedia: () => undefined,
      makeRendition: async () => ({ asset, bytes: picture }),
      settings: () => ({ ...goldenSite, exportFolder: '' }),
      platform: { exportFolder: '', reveal: async () => undefined },
      jobs: { run: async (_jobId, _label, signal, work) => await work({ signal, progress: () => undefined }) }
    })
    const ids = [id(1), id(2), ...Array.from({ length: 50 }, (_, n) => id(n + 10))]
    const failure = await full
      .write({ ids, formats: ['text'], folder, options: beside }, never)
      .catch((error: unknown) => error)
    const written = (await readdir(folder)).length
    expect(failure).toMatchObject({
      code: 'storage_full',
      said: say('exporting.cutShort', { problem: say('store.diskFull'), done: written, total: ids.length })
    })
    expect(written).toBeLessThan(10)
    // With room again the same service goes on.
    expect(
      (await service.write({ ids: [id(1), id(2), id(3)], formats: ['text'], folder, options: beside }, never)).files
    ).toHaveLength(3)
  })

  test.skipIf(process.getuid?.() === 0)('stops at a folder that cannot be written to', async () => {
    await chmod(folder, 0o500)
    await expect(
      desk([story(1, 'a')]).service.write({ ids: [id(1)], formats: ['text'], folder, options: beside }, never)
    ).rejects.toMatchObject({ code: 'read_only' })
    await chmod(folder, 0o700)
  })

  test('refuses what is no folder', async () => {
    const { service } = desk([story(1, 'a')])
    await writeFile(join(folder, 'file'), '')
    const to = (where: string): Promise<unknown> =>
      service.write({ ids: [id(1)], formats: ['text'], folder: where, options: beside }, never)
    await expect(to('relative/folder')).rejects.toMatchObject({ code: 'invalid_input' })
    await expect(to(join(folder, 'file'))).rejects.toMatchObject({ code: 'invalid_input' })
    await expect(to(join(folder, 'file', 'below'))).rejects.toMatchObject({ code: 'invalid_input' })
    await expect(to(`${folder}\0x`)).rejects.toMatchObject({ code: 'invalid_input' })
  })

  test('goes to the desk’s folder when none is named, and only such folders are shown', async () => {
    const { service, revealed } = desk([story(1, 'a')])
    const { folder: where } = await service.write(
      { ids: [id(1), id(1)], formats: ['text', 'text'], options: beside },
      never
    )
    expect(where).toBe(join(folder, 'default'))
    expect(await readdir(where)).toEqual(['a.txt'])
    await service.reveal(where)
    expect(revealed).toEqual([where])
    await expect(service.reveal(folder)).rejects.toMatchObject({ code: 'refused' })
  })
})

test(
  'an export killed at any instant leaves whole files, and the next one sweeps up',
  { timeout: 90_000 },
  async () => {
    const source = (path: string): string => JSON.stringify(new URL(`../../../${path}`, import.meta.url).href)
    const script = join(folder, 'export.mjs')
    await writeFile(
      script,
      `
    import { ExportingService } from ${source('src/main/core/exporting/exporting.ts')}
    import { goldenSite, goldenStories } from ${source('tests/golden/golden.ts')}
    import { GalleyError } from ${source('src/shared/rpc/errors.ts')}
    const golden = goldenStories().find((one) => one.name === 'every-block').story
    const service = new ExportingService({
      getStory: (id) => ({ ...golden, id }), plannedHour: () => null, passEmbargo: () => undefined, findMedia: () => undefined,
      makeRendition: async () => { throw new GalleyError('not_found', { key: 'media.noSuchPicture' }) },
      settings: () => ({ ...goldenSite, exportFolder: '' }), platform: { exportFolder: '', reveal: async () => undefined },
      jobs: { run: (_job, _label, signal, work) => work({ signal, progress: () => undefined }) }
    })
    console.log('ready')
    const ids = Array.from({ length: 5000 }, (_, n) => '01980000-0000-7000-8000-' + String(n).padStart(12, '0'))
    await service.write({ ids, formats: ['html', 'json'], folder: ${JSON.stringify(join(folder, 'out'))}, options: { images: 'beside', existing: process.argv[2] } }, new AbortController().signal)`
    )
    for (let run = 0; run < 8; run += 1) {
      const child = spawn(process.execPath, [script, run % 2 ? 'rename' : 'replace'], {
        stdio: ['ignore', 'pipe', 'inherit']
      })
      await new Promise((resolve) => child.stdout.once('data', resolve))
      // However slow the machine: it is well under way.
      await vi.waitFor(async () => expect((await readdir(join(folder, 'out'))).length).toBeGreaterThan(8), {
        timeout: 20_000,
        interval: 10
      })
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 150))
      child.kill('SIGKILL')
      await new Promise((resolve) => child.once('close', resolve))
    }
    await desk([story(1, 'Last')]).service.write(
      { ids: [id(1)], formats: ['text'], folder: join(folder, 'out'), options: beside },
      never
    )
    const names = await readdir(join(folder, 'out'))
    expect(names.filter(isTemporary)).toEqual([])
    expect(names.length).toBeGreaterThan(8)
    for (const name of names) {
      const content = await text(join('out', name))
      if (name.endsWith('.html')) expect(content.endsWith('</html>\n')).toBe(true)
      else if (name.endsWith('.json')) expect(readGalleyJson(JSON.parse(content)).story.revision).toBe(7)
    }
  }
)
