import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createCore } from '../../../src/main/core/create-core.ts'
import type { Core } from '../../../src/main/core/core.ts'
import { memorySecrets } from '../../../src/main/core/ports.ts'
import { contract } from '../../../src/shared/contract/contract.ts'
import { createClient, type Connection } from '../../../src/shared/rpc/client.ts'
import { upload } from '../../support/upload.ts'
import { gifPlaces, jpegPlaces, picture, pngPlaces, webpPlaces } from '../media/planted.ts'
import { goldenStories } from '../../golden/golden.ts'
import { say } from '../../../src/shared/words/message.ts'

let folder = ''
const cores: Core[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'galley-export-library-'))
})
afterEach(async () => {
  for (const core of cores.splice(0)) await core.close()
  await rm(folder, { recursive: true, force: true })
})

async function library(name: string): Promise<Connection<typeof contract> & { core: Core }> {
  const core = await createCore({
    library: join(folder, name),
    checkOutputs: true,
    platform: {
      capabilities: { folderDialog: false, revealFolder: true, keychain: false, notifications: false },
      fetch: globalThis.fetch,
      resources: resolve('resources'),
      secrets: memorySecrets(),
      exportFolder: join(folder, 'out'),
      chooseFolder: async () => join(folder, 'chosen'),
      reveal: async () => undefined,
      openLink: async () => undefined
    }
  })
  cores.push(core)
  const context = { connectionId: 'test', signal: new AbortController().signal }
  const connection = createClient(contract, {
    request: (request) => core.dispatch({ id: 1, ...request }, context),
    onPush: (listener) => core.subscribe(listener)
  })
  return { ...connection, core }
}

test('a story travels from one library to another, pictures and all, and stays equal', async () => {
  const here = await library('here')
  const there = await library('there')
  const bytes = new Uint8Array(
    await sharp({ create: { width: 40, height: 30, channels: 3, background: '#805020' } })
      .png()
      .toBuffer()
  )
  const added = await here.call.media.add({ name: 'bridge.png', upload: await upload(here.core, bytes) })
  const golden = goldenStories().find(({ name }) => name === 'every-block')
  if (!golden) throw new Error('No golden story')
  const { fields, body, id } = golden.story
  const leadImage = { mediaId: added.id, caption: 'Caption', credit: 'Credit', alt: 'Alt', focalPoint: null }
  const made = await here.call.stories.create({
    id,
    fields: { ...fields, leadImage },
    body: { ...body, blocks: body.blocks.filter((block) => block.id !== 'i1') }
  })

  const jobs: string[] = []
  here.on('job', (job) => jobs.push(`${job.state} ${job.done}/${job.total ?? '?'}`))
  const written = await here.call.exports.write({
    ids: [id],
    formats: ['html', 'json', 'ninjs', 'text'],
    options: { images: 'inline' },
    jobId: crypto.randomUUID()
  })
  expect(written.failed).toEqual([])
  expect(jobs[0]).toMatch(/^running/)
  expect(jobs.at(-1)).toBe('done 1/1')
  expect((await readdir(written.folder)).sort()).toEqual(written.files.map(({ name }) => name).sort())

  const file = written.files.find(({ name }) => name.endsWith('.galley.json'))
  const text = await readFile(join(written.folder, file?.name ?? ''), 'utf8')
  expect(await there.call.exports.importJson({ name: 'story.json', text })).toEqual({ id, warnings: [] })
  const arrived = await there.call.stories.get({ id })
  // What left is a rendition with the desk's words in it, under its own digest; the original stayed at home.
  const rendition = arrived.fields.leadImage?.mediaId ?? ''
  expect(rendition).not.toBe(added.id)
  expect(arrived.fields).toEqual({ ...made.fields, leadImage: { ...leadImage, mediaId: rendition } })
  expect(arrived.body).toEqual(made.body)
  expect(await there.call.media.get({ id: rendition })).toMatchObject({
    width: 40,
    height: 30,
    metadata: {
      caption: { value: 'Caption', from: 'xmp' },
      credit: { value: 'Credit', from: 'xmp' },
      alt: { value: 'Alt', from: 'xmp' }
    }
  })
  await expect(there.call.media.get({ id: added.id })).rejects.toMatchObject({ code: 'not_found' })
  expect((await there.call.exports.render({ id, format: 'html' })).text).toBe(
    (await here.call.exports.render({ id, format: 'html' })).text
  )

  const copy = await there.call.exports.importJson({ name: 'story.json', text })
  expect(copy.id).not.toBe(id)
  expect(copy.warnings).toEqual([say('importWarning.copyAdded')])

  // Back where it was made, the story goes on with the original.
  const back = await here.call.exports.importJson({ name: 'story.json', text })
  expect((await here.call.stories.get({ id: back.id })).fields.leadImage).toEqual(leadImage)

  const ninjs = await there.call.exports.importJson({
    name: 'story.ninjs.json',
    text: (await here.call.exports.render({ id, format: 'ninjs' })).text
  })
  const read = await there.call.stories.get({ id: ninjs.id })
  expect(read.fields).toMatchObject({
    headline: fields.headline,
    standfirst: 'Engineers found cracks in 11 of 42 anchors. Ferries run from Monday.',
    leadImage: { ...leadImage, mediaId: rendition },
    section: 'World',
    source: 'Ellery Wire'
  })
  expect(await here.call.exports.chooseFolder({})).toEqual({ folder: join(folder, 'chosen') })
})

test.each(['beside', 'inline'] as const)(
  'no export holds what cameras and agencies wrote, pictures %s',
  async (images) => {
    const SECRET = 'GPS48.2082N16.3738E-SN0123456789'
    const { call, core } = await library(images)
    const plain = { jpeg: picture().jpeg(), png: picture().png(), webp: picture().webp(), gif: picture().gif() }
    const places = { jpeg: jpegPlaces, png: pngPlaces, webp: webpPlaces, gif: gifPlaces }
    const ids: string[] = []
    for (const format of ['jpeg', 'png', 'webp', 'gif'] as const) {
      const all = Object.entries(places[format]).toSorted(
        ([one], [other]) => Number(one.startsWith('behind')) - Number(other.startsWith('behind'))
      )
      const planted = all.reduce<Buffer>((bytes, [, plant]) => plant(bytes, SECRET), await plain[format].toBuffer())
      expect(planted.includes(SECRET)).toBe(true)
      const file = await upload(core, new Uint8Array(planted))
      ids.push((await call.media.add({ name: `photo.${format}`, upload: file })).id)
    }
    const [lead, ...others] = ids.map((mediaId) => ({
      mediaId,
      caption: 'At dawn',
      credit: 'M. Ortner',
      alt: 'A bridge',
      focalPoint: null
    }))
    const { id } = await call.stories.create({
      fields: { headline: 'Bridge opens', leadImage: lead ?? null },
      body: { version: 1, blocks: others.map((image, n) => ({ id: `i${n}`, type: 'image', image })) }
    })
    const { folder: out, failed } = await call.exports.write({
      ids: [id],
      formats: ['html', 'fragment', 'json', 'ninjs', 'text'],
      options: { images },
      jobId: crypto.randomUUID()
    })
    expect(failed).toEqual([])
    const files = (await readdir(out, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
    expect(files.length).toBeGreaterThanOrEqual(images === 'beside' ? 9 : 5)
    for (const entry of files) {
      const bytes = await readFile(join(entry.parentPath, entry.name))
      const inside = [...bytes.toString('latin1').matchAll(/data:image\/[a-z]+;base64,([A-Za-z0-9+/=]+)/g)]
      for (const held of [bytes, ...inside.map(([, base64 = '']) => Buffer.from(base64, 'base64'))])
        for (const form of [SECRET, Buffer.from(SECRET, 'utf16le').toString('latin1')])
          expect(held.includes(Buffer.from(form, 'latin1')), entry.name).toBe(false)
    }
  }
)
