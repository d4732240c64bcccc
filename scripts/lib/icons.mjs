// The app's icon in every size a system asks for, from the one drawing. ICO and ICNS are lists of PNG files.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const linux = [16, 24, 32, 48, 64, 96, 128, 256, 512, 1024]
const windows = [16, 24, 32, 48, 64, 128, 256]
/** Apple's names of the sizes; the same picture is one size at single and another at double density. */
const mac = {
  icp4: 16,
  icp5: 32,
  ic11: 32,
  ic12: 64,
  ic07: 128,
  ic13: 256,
  ic08: 256,
  ic14: 512,
  ic09: 512,
  ic10: 1024
}

/** Draws them into `folder`: icons/NxN.png, icon.png, icon.ico, icon.icns. */
export async function drawIcons(drawing, folder) {
  const { default: sharp } = await import('sharp')
  const svg = readFileSync(drawing)
  const pngs = new Map()
  for (const size of new Set([...linux, ...windows, ...Object.values(mac)]))
    pngs.set(size, await sharp(svg, { density: 72 }).resize(size, size).png({ compressionLevel: 9 }).toBuffer())
  mkdirSync(join(folder, 'icons'), { recursive: true })
  for (const size of linux) writeFileSync(join(folder, 'icons', `${size}x${size}.png`), pngs.get(size))
  writeFileSync(join(folder, 'icon.png'), pngs.get(1024))
  writeFileSync(join(folder, 'icon.ico'), ico(windows.map((size) => [size, pngs.get(size)])))
  writeFileSync(join(folder, 'icon.icns'), icns(Object.entries(mac).map(([name, size]) => [name, pngs.get(size)])))
}

function ico(pictures) {
  const head = Buffer.alloc(6 + 16 * pictures.length)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(pictures.length, 4)
  let at = head.length
  pictures.forEach(([size, bytes], number) => {
    const entry = 6 + 16 * number
    // 256 is written as 0.
    head.writeUInt8(size % 256, entry)
    head.writeUInt8(size % 256, entry + 1)
    head.writeUInt16LE(1, entry + 4)
    head.writeUInt16LE(32, entry + 6)
    head.writeUInt32LE(bytes.length, entry + 8)
    head.writeUInt32LE(at, entry + 12)
    at += bytes.length
  })
  return Buffer.concat([head, ...pictures.map(([, bytes]) => bytes)])
}

function icns(pictures) {
  const parts = pictures.map(([name, bytes]) => {
    const head = Buffer.alloc(8)
    head.write(name, 'latin1')
    head.writeUInt32BE(bytes.length + 8, 4)
    return Buffer.concat([head, bytes])
  })
  const head = Buffer.alloc(8)
  head.write('icns', 'latin1')
  head.writeUInt32BE(8 + parts.reduce((sum, { length }) => sum + length, 0), 4)
  return Buffer.concat([head, ...parts])
}
