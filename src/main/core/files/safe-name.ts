import { isAbsolute, join, relative, resolve, sep } from 'node:path'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import { say } from '../../../shared/words/message.ts'

/**
 * Longest name given out, in UTF-8 bytes, extension included: room for a number, a folder path and the limits of every
 * system.
 */
export const MAX_NAME_BYTES = 120

/**
 * A file name from any text, such as a headline, that Windows, macOS and Linux all accept and people can read: one path
 * segment, never empty, never hidden, no reserved device name, no invisible or direction-changing character, in NFC, at
 * most MAX_NAME_BYTES long. The same text gives the same name. `extension` comes without its dot: html, galley.json.
 */
export function safeName(text: string, extension: string, fallback = 'Untitled story'): string {
  if (!/^(?:(?:galley|ninjs|fragment)\.)?[a-z0-9]{1,10}$/.test(extension))
    throw new Error(`Not a file extension: ${extension}`)
  return `${safeStem(text, MAX_NAME_BYTES - extension.length - 1, fallback)}.${extension}`
}

/** The part of a safe name before the extension, also good as a folder name; at most `maxBytes` of UTF-8. */
export function safeStem(text: string, maxBytes = MAX_NAME_BYTES - 20, fallback = 'Untitled story'): string {
  return guard(cut(clean(text), maxBytes - 1)) || guard(cut(clean(fallback), maxBytes - 1)) || 'file'
}

/** name.html, name (2).html, name (3).html, … each within the limits of a safe name. */
export function* numberedNames(name: string, from = 1): Generator<string> {
  const dot = name.search(/\.(?:(?:galley|ninjs|fragment)\.)?[a-z0-9]{1,10}$/)
  const stem = dot > 0 ? name.slice(0, dot) : name
  const extension = dot > 0 ? name.slice(dot) : ''
  for (let number = from; number < 1_000_000; number += 1)
    yield number === 1 ? name : `${numberedStem(stem, number, MAX_NAME_BYTES - extension.length)}${extension}`
}

/** "name", "name (2)", … shortened where the number needs the room. */
export function numberedStem(stem: string, number: number, maxBytes = MAX_NAME_BYTES - 20): string {
  if (number === 1) return stem
  const suffix = ` (${number})`
  return `${cut(stem, maxBytes - suffix.length)}${suffix}`
}

/**
 * The first of the numbered names that `isTaken` knows nothing of. For showing; only writing with `existing: 'rename'`
 * is free of races.
 */
export async function freeName(name: string, isTaken: (name: string) => boolean | Promise<boolean>): Promise<string> {
  for (const candidate of numberedNames(name)) {
    if (!(await isTaken(candidate))) return candidate
  }
  throw new GalleyError('conflict', say('files.noNameLeft'))
}

/** The path of a name inside a folder. Throws where the name would lead out of it: a bug, as safe names cannot. */
export function inside(folder: string, ...names: readonly string[]): string {
  const path = resolve(join(folder, ...names))
  const way = relative(resolve(folder), path)
  if (way === '' || way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way))
    throw new Error('A file name leads out of its folder')
  return path
}

// Windows takes these for devices whatever the extension; superscript digits count there too.
const DEVICE = /^(con|prn|aux|nul|conin\$|conout\$|clock\$|com[0-9¹²³]|lpt[0-9¹²³])$/i

function clean(text: string): string {
  return (
    text
      // Long before any name is full; a headline of megabytes must not cost seconds.
      .slice(0, 2000)
      .normalize('NFC')
      .replace(/[\p{White_Space}\p{Zl}\p{Zp}]+/gu, ' ')
      .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/gu, '')
      .replace(/[/\\|]+/g, '-')
      .replace(/[<>:"?*]+/g, ' ')
      .normalize('NFC')
      .replace(/ {2,}/g, ' ')
      .replace(/^[\s.\-~]+/, '')
      .replace(/[\s.]+$/, '')
  )
}

/** At most `maxBytes` of UTF-8, whole letters with their accents, no trailing dot or space. */
function cut(text: string, maxBytes: number): string {
  if (Buffer.byteLength(text) <= maxBytes) return text
  return (cutBy(graphemes(text), maxBytes) || cutBy(text, maxBytes)).replace(/[\s.]+$/, '')
}

function cutBy(pieces: Iterable<string>, maxBytes: number): string {
  let result = ''
  let bytes = 0
  for (const piece of pieces) {
    bytes += Buffer.byteLength(piece)
    if (bytes > maxBytes) break
    result += piece
  }
  return result
}

function* graphemes(text: string): Generator<string> {
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)) yield segment
}

/** One byte longer at most. */
function guard(stem: string): string {
  const device = (stem.split('.')[0] ?? '').trim()
  return DEVICE.test(device) ? `_${stem}` : stem
}
