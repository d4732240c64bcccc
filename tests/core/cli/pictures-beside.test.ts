import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { withPicturesBeside } from '../../../src/main/cli/pictures-beside.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'galley-beside-'))
  await mkdir(join(folder, 'out', 'Bridge-media'), { recursive: true })
  await writeFile(join(folder, 'out', 'Bridge-media', 'a b.jpg'), 'bytes')
  await writeFile(join(folder, 'secret.jpg'), 'secret')
  await symlink(join(folder, 'secret.jpg'), join(folder, 'out', 'linked.jpg'))
})
afterEach(() => rm(folder, { recursive: true }))

const read = async (json: unknown): Promise<unknown> =>
  JSON.parse(await withPicturesBeside(join(folder, 'out', 'story.json'), JSON.stringify(json)))
const base64 = Buffer.from('bytes').toString('base64')

it('puts in the pictures that Galley JSON names, and no file from anywhere else', async () => {
  const media = ['Bridge-media/a b.jpg', '../secret.jpg', join(folder, 'secret.jpg'), 'linked.jpg', 'gone.jpg', '']
  expect(await read({ media: media.map((file) => ({ file })) })).toEqual({
    media: media.map((file, n) => (n === 0 ? { file, bytes: base64 } : { file }))
  })
})

it('puts in the pictures that ninjs names by their digest', async () => {
  const rendition = { href: 'ni:///sha-256;x', title: 'Bridge-media/a%20b.jpg', contentType: 'image/jpeg' }
  const elsewhere = { ...rendition, href: 'https://cms.example/a.jpg' }
  expect(await read({ associations: [{ renditions: [rendition, elsewhere] }] })).toEqual({
    associations: [{ renditions: [{ ...rendition, href: `data:image/jpeg;base64,${base64}` }, elsewhere] }]
  })
})

it('leaves alone what is no JSON, byte for byte', async () => {
  expect(await withPicturesBeside(join(folder, 'out', 'x'), '{"a": 1')).toBe('{"a": 1')
  expect(await withPicturesBeside(join(folder, 'out', 'x'), '{"media":  []}')).toBe('{"media":  []}')
})
