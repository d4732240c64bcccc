import { say, type Message } from '../../../shared/words/message.ts'
import { countSpaced, endsSentence } from '../../../shared/intake/plain.ts'
import { codeKind } from './source-code.ts'
import { tableKind } from './table-files.ts'

/** Characters examined. */
const START = 20_000

/**
 * Recognises text files written for programs by their structure, not by their names: subtitles, tables, data, settings,
 * logs, source code. The whole text examined must fit, so that a story that quotes such a file is not mistaken for one;
 * null if in doubt.
 */
export function dataKind(text: string): Message | null {
  const isCut = text.length > START
  const start = text.slice(0, START).replace(/^[\s\ufeff\u0000]+/, '')
  const lines = start.split(/\r\n?|\n/)
  if (isCut && lines.length > 1) lines.pop()
  const written = lines.filter((line) => line.trim() !== '')
  // The head of a page may hold more styles and scripts than the page holds text.
  const isPage =
    /^<(?!\?(?:php\b|=))/i.test(start) || /^[ \t]{0,40}<(?:!doctype html|html|head|body|article|main)\b/im.test(start)
  if (written.length === 0 || isPage) return null
  return (
    subtitleKind(written, start) ??
    jsonKind(text, start, written) ??
    listKind(written, start) ??
    codeKind(written, start) ??
    settingsKind(written) ??
    tableKind(lines)
  )
}

const CLOCK = String.raw`(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}`
/** The start and end time of a subtitle. */
const ARROW = new RegExp(`^\\s*${CLOCK}\\s*-->\\s*${CLOCK}`)

function subtitleKind(lines: readonly string[], start: string): Message | null {
  const [first = '', second = ''] = lines
  const isSrt = ARROW.test(first) || (/^\s*\d{1,6}\s*$/.test(first) && ARROW.test(second))
  const isVtt =
    /^WEBVTT(?:\s[^\n]{0,200})?$/.test(first) && (lines.length === 1 || lines.some((line) => ARROW.test(line)))
  const isSbv = new RegExp(`^${CLOCK},${CLOCK}\\s*$`).test(first)
  const isSsa = /^\[Script Info\]/i.test(first) && /^(?:ScriptType|Dialogue|\[(?:V4\+? Styles|Events)\])/im.test(start)
  const isByFrame = [first, second].every((line) => /^\{\d{1,7}\}\{\d{1,7}\}\S/.test(line))
  // Words of a song, to the hundredth of a second. A transcript has the minute and the second, and says who speaks.
  const isSung =
    lines.length > 2 &&
    lines.every((line) =>
      /^\[(?:\d{1,3}:\d{2}(?:[.:]\d{1,3})?|(?:ar|ti|al|au|by|la|length|offset|re|tool|ve):[^\]]{0,200})\]/i.test(line)
    ) &&
    lines.some((line) => /^\[\d{1,3}:\d{2}[.:]\d{2,3}\]/.test(line)) &&
    !lines.some((line) => /^\[[\d:.]{4,10}\]\s{0,9}\p{L}[\p{L} .]{0,30}:\s/u.test(line))
  return isSrt || isVtt || isSbv || isSsa || isByFrame || isSung ? say('foreign.subtitles') : null
}

/** A JSON array, JSON Lines, or truncated JSON. A complete object may be a story and is handled elsewhere. */
function jsonKind(text: string, start: string, [first = '', second = '']: readonly string[]): Message | null {
  if (start.startsWith('[') && /\]\s*$/.test(text.slice(-1000))) {
    const read = parsed(text)
    if (Array.isArray(read) && (read.length > 1 || typeof read[0] === 'object')) return say('foreign.data')
  }
  if (!/^(?:\[\s{0,200})?\{\s{0,200}"[^"\n]{1,100}"\s{0,20}:/.test(start)) return null
  const isByLine = [first, second].every((line) => typeof parsed(line) === 'object')
  const isBegun = (start.match(/"[^"\n]{1,100}"\s?:\s?["\d[{tfn-]/g)?.length ?? 0) >= 3 && parsed(text) === undefined
  return isByLine || isBegun ? say('foreign.data') : null
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''))
  } catch {
    return undefined
  }
}

/** Formats recognised by their first lines. */
function listKind(lines: readonly string[], start: string): Message | null {
  const [first = '', second = ''] = lines
  if (/^#EXTM3U\b/.test(first) || (/^\[playlist\]$/i.test(first) && /^File\d+=/im.test(start)))
    return say('foreign.playlist')
  if (
    first.startsWith('diff --git ') ||
    (/^Index: \S+$/.test(first) && /^={10,}$/.test(second)) ||
    (/^--- \S/.test(first) && /^\+\+\+ \S/.test(second))
  )
    return say('foreign.changes')
  if (/^\s{0,20}\\(?:documentclass|documentstyle)\b/m.test(start) && /^\s{0,20}[\\%]/.test(first))
    return say('foreign.latex')
  if (
    /^@[a-z]{2,20}\{[^\s,{}]{1,100},\s*$/i.test(first) ||
    (/^TY {2}- /.test(first) && /^[A-Z][A-Z\d] {2}- /.test(second))
  )
    return say('foreign.references')
  if (/^(?:#[^\n]*\n\s*)*msgid "/.test(start) && /^msgstr/m.test(start)) return say('foreign.settings')
  return isLog(lines) ? say('foreign.log') : null
}

/** A log line: time to the second, then a level or the name of a program, or a web server's access log. */
const LOG =
  /^(?:\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\S{0,12}\]?\s.{0,40}\b(?:TRACE|DEBUG|INFO|NOTICE|WARN(?:ING)?|ERROR|FATAL)\b|[A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d \S{1,80} [\w./-]{1,60}(?:\[\d+\])?: |\S{3,45} \S{1,40} \S{1,40} \[\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d [^\]]{1,8}\] ")/

function isLog(lines: readonly string[]): boolean {
  return (
    lines.length >= 2 && LOG.test(lines[0] ?? '') && lines.filter((line) => LOG.test(line)).length >= lines.length * 0.6
  )
}

/** INI, TOML, environment files: sections and assignments, nothing else. */
function settingsKind(lines: readonly string[]): Message | null {
  const told = lines.filter((line) => !/^\s*[#;]/.test(line))
  const isSet = (line: string): boolean => /^\s*(?:export )?[\w.-]{1,80}\s{0,20}=\s{0,20}(?:\S|$)/.test(line)
  const isSection = (line: string): boolean => /^\s*\[{1,2}[\w .:"'/-]{1,80}\]{1,2}\s*$/.test(line)
  const isCopy = (line: string): boolean => countSpaced(line) > 8 && endsSentence(line)
  if (isOutline(told)) return say('foreign.settings')
  // "W = won": what letters and words stand for is told that way too.
  const isNamed = (line: string): boolean =>
    /^\s*(?:export )?(?:[A-Z\d]+_[A-Z\d_]+|[\w-]+\.[\w.-]+|\w{3,80}(?==))/.test(line)
  return told.filter(isSet).length >= 2 &&
    (told.some(isSection) || told.some(isNamed)) &&
    told.every((line) => isSet(line) || isSection(line) || /^\s+\S|^[\]})]/.test(line)) &&
    !told.some(isCopy)
    ? say('foreign.settings')
    : null
}

/** YAML: lower-case keys and list items, with at least one key set in below another. Notes may have keys and lists too. */
function isOutline(lines: readonly string[]): boolean {
  const isLine = (line: string): boolean => /^\s*(?:- )?[a-z_$][\w$.-]{0,60}:(?:\s|$)|^\s*- \S|^---\s*$/.test(line)
  const opens = lines.findIndex((line) => /^\s*(?:- )?[a-z_$][\w$.-]{0,60}:\s*$/.test(line))
  const isNested = lines.some((line) => /^\s+(?:- )?[a-z_$][\w$.-]{0,60}:(?:\s|$)/.test(line))
  const isSaid = (line: string): boolean => countSpaced(line) > 6 && endsSentence(line)
  return opens !== -1 && isNested && lines.length >= 3 && lines.every(isLine) && !lines.some(isSaid)
}
