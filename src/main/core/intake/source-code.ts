import { say, type Message } from '../../../shared/words/message.ts'
import { countSpaced, endsSentence } from '../../../shared/intake/plain.ts'
import { isStyleSheet } from './style-sheets.ts'

/** Recognises style sheets and source code by the majority of their lines; null for anything that may be copy. */
export function codeKind(lines: readonly string[], start: string): Message | null {
  if (isStyleSheet(start)) return say('foreign.styleSheet')
  if (/^#!\s?\/\S/.test(start) || /^<\?(?:php\b|=)/i.test(start)) return say('foreign.code')
  return isPacked(start) || isCode(withoutComments(lines, start)) ? say('foreign.code') : null
}

const BLOCK_COMMENT = /\/\*[^]*?(?:\*\/|$)|("""|''')[^]*?(?:\1|$)/g

/** Minified code: one long line with much punctuation and few spaces. */
function isPacked(start: string): boolean {
  const line = start.split('\n').reduce((one, other) => (other.length > one.length ? other : one), '')
  if (line.length < 200 || line.length < start.length * 0.6) return false
  const count = (signs: RegExp): number => line.match(signs)?.length ?? 0
  return (
    count(/[{}();=]/g) > line.length * 0.06 &&
    count(/[;}]/g) > 5 &&
    count(/[a-z]/gi) > line.length * 0.3 &&
    count(/\s/g) < line.length * 0.12
  )
}

function withoutComments(lines: readonly string[], start: string): string[] {
  const text = /\/\*|"""|'''/.test(start) ? start.replace(BLOCK_COMMENT, ' ').split(/\r\n?|\n/) : lines
  return text.filter(
    (line) =>
      line.trim() !== '' &&
      !/^\s*(?:\/\/|\\echo\b|#(?!\s?include|define|if|endif|pragma|import)|--\s|;|\*\s)/.test(line)
  )
}

/** Shapes of code lines that do not occur in copy; tried on trimmed lines. */
const CODE = [
  // The end of a statement or the beginning of a block.
  /[=()\]"'`].{0,400}\{$/,
  /(?:\w\(|[^=]=[^=]|[\w)\]]\[|->|::).{0,400};$/,
  /^[)}\]]{1,3}\s{0,9}(?:else|catch|finally|while|as|=>|\)|from)\b.{0,400}$/,
  /^["']use [a-z]{2,20}["'];?$/,
  // Declarations: the name is followed by a sign, or is all.
  /^(?:export |default |public |private |protected |static |async |final |abstract |pub |unsafe |inline ){0,4}(?:class|interface|enum|struct|trait|impl|namespace|module|function|func|fn|def|sub|type|record|object|package)\s{1,9}[\w$.:<>~]+(?:\s?[({;=<].{0,400}[({:;=)}>,\]]|\s?[{(;:=]|\s.{0,400}\{)$/,
  /^(?:export |public |private |static |abstract |final ){0,3}(?:class|interface|enum|struct|namespace|module)\s[A-Z]\w*(?:\s?:\s?[A-Z][\w.<>]*)?$/,
  /^(?:def|fn|func|sub)\s[\w.?!]+$/,
  /^(?:export |pub |public |private |static |readonly ){0,3}(?:const|let|var|val|auto|final|int|float|double|bool|boolean|char|string|void|long)\s{1,9}[\w$*&<>:.[\],{} ]{1,200}=(?!=)/,
  /^(?:export |pub |public |private |static |readonly ){0,3}(?:const|let|var|val|auto|final|int|float|double|bool|boolean|char|string|void|long)\s{1,9}[\w$*&]+(?:\[\w*\])?(?:;|\(.{0,400}[){;,(])$/,
  /^import\s{1,9}(?:type\s{1,9})?(?:["'<{*]|.{0,200}\sfrom\s["'])/,
  /^(?:require|require_once|include|include_once)\s?(?:\(.{0,400}\);|["'][^"']{1,200}["'];?)$/,
  /^(?:use|using|package|import)\s{1,9}(?:static\s|namespace\s)?[\w$.\\/:*]+(?:\{[^}]{0,200}\})?(?:\s{1,9}as\s{1,9}\w+)?;$/,
  /^(?:import|package)\s{1,9}[\w.]+(?:,\s?[\w.]+){0,20}(?:\s{1,9}as\s{1,9}\w+)?$/,
  /^(?:from\s{1,9}[\w.]+\s{1,9}import\s)/,
  /^#\s?(?:include|define|ifn?def|if|endif|pragma|import)\b/,
  // Conditions and calls.
  /^(?:if|for|foreach|while|switch|catch|with|match)\s?\(.{1,400}\)$/,
  /^(?:if|elif|else if|for|while|until)\b.{0,400};\s?(?:then|do)$/,
  /^(?:if|elif|elseif|while|unless)\b.{0,400}[=<>~()[\]].{0,400}(?::|\bthen|\bdo)$/,
  /^(?:if|elif|while)\s(?:not\s)?[\w.]+:$/,
  /^for\s\w+(?:,\s?\w+){0,4}\sin\s\S.{0,200}:$/,
  /^(?:with\s.{1,200}\(.{0,200}|except(?:\s[\w.(), ]{1,100})?(?:\sas\s\w+)?):$/,
  /^case\s["'\w.]{1,60}:$/,
  /^(?:return|throw|raise|yield|await|delete|new|assert)\s.{0,400}(?:;|\w\(.{0,400}\)|[{[(])$/,
  /^(?:print|puts|printf|echo)\s?[("'$]/,
  /^(?:local|set|unset|export)\s{1,9}[\w-]+=/,
  /^[\w$]+(?:(?:\.|::|->)[\w$]+)+\(.{0,400}\)?[;,{]?$(?<=[(),;{])/,
  /^[a-z_$][\w$]*\(.{0,400}\)?[;,{]?$(?<=[(),;{])/,
  /^[\w$]+(?:(?:\.|::|->)[\w$]+)*\s?\(.{0,400}\)\s?\{$/,
  /^(?:\.|->|::)[\w$]+\s?\(/,
  // SQL.
  /^(?:INSERT INTO|CREATE (?:TABLE|INDEX|VIEW|UNIQUE)|ALTER TABLE|DROP TABLE)\s.{0,400}[;(,`]$/
]

/** Shapes of lines that are code among lines of code, and copy among those of copy. */
const PERHAPS = [
  /^[\])}>]{1,6}[;,.)]{0,3}$/,
  /^(?:else|try|finally|do|begin|then|fi|done|esac|end|pass|break|continue|return)\s{0,9}[:;{]?$/,
  /^@[A-Za-z][\w.]{1,60}(?:\(.{0,400}\))?$/,
  /^return\s[\w$.!-]+$/,
  /^[\w$.[\]'"*&>-]{1,80}\s{0,9}(?:[-+*/%|&^?:.]|<<|>>|\|\||&&|\?\?)?=(?!=)\s{0,9}\S/,
  /^["'`]?[\w$-]{1,60}["'`]?\s{0,9}(?::|=>)\s{0,9}[\w$"'`[{(!-].{0,400},$/,
  /^(?:BEGIN(?: TRANSACTION)?|COMMIT|PRAGMA|VALUES|FROM|WHERE|SET)\b.{0,400}[;(,)`]$/,
  /^\(.{0,400}\)[,;]$/
]

function isCode(lines: readonly string[]): boolean {
  if (lines.length < 2 || lines.filter(isRunning).length > lines.length * 0.25) return false
  let depth = 0
  let asksTo = -1
  let certain = 0
  const isOne = lines.map((line, n) => {
    const short = shortened(line)
    if (n > asksTo) asksTo = endOfQuestion(lines, n)
    const isAsking = n <= asksTo
    const isInside = depth > 0 || isAsking
    const isCertain = isAsking || CODE.some((shape) => shape.test(short))
    const isShape = isCertain || PERHAPS.some((shape) => shape.test(short))
    if (isCertain) certain += 1
    // Lines inside brackets that are still open count as code, and so do the lines of an SQL statement.
    if (isShape || depth > 0) depth = Math.max(0, depth + balance(short))
    return isShape || isInside
  })
  const found = isOne.filter(Boolean).length
  return isOne[0] === true && certain >= 1 && found >= 2 && found >= lines.length * 0.6
}

/** A sentence, or a line of running text as a printer wraps it. */
function isRunning(line: string): boolean {
  const words = countSpaced(line)
  if (words < 6 || /[{}=<>$\\[\]|`_;]|\w\(|^\s*["'(]/.test(line)) return false
  return endsSentence(line) || words >= 8
}

const QUESTION = /^(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE|ALTER|DROP|GRANT|COMMENT ON)\s[\w*"`@(]/
/** What SQL asks for, as opposed to "UPDATE 1-Oil climbs as storm shuts ports". */
const ASKED =
  /^(?:SELECT\b[^]{0,4000}\bFROM\b|UPDATE\s+\S+\s[^]{0,400}\bSET\b[^]{1,400}=|INSERT INTO\s+\S+[^]{0,4000}\b(?:VALUES|SELECT)\b|DELETE FROM\s+\S+\s*(?:;|WHERE\b)|(?:CREATE|ALTER|DROP)\s[^]{0,60}\b(?:TABLE|INDEX|VIEW|TRIGGER|FUNCTION|PROCEDURE|SCHEMA|DATABASE|SEQUENCE|TYPE|ROLE|USER|EXTENSION)\b|GRANT\s[^]{1,400}\bON\b|COMMENT ON\s)/

/** The last line of the SQL statement that begins here; -1 for anything else. */
function endOfQuestion(lines: readonly string[], n: number): number {
  if (!QUESTION.test(shortened(lines[n] ?? ''))) return -1
  for (let at = n; at < Math.min(lines.length, n + 60); at++) {
    const line = lines[at] ?? ''
    if (isRunning(line)) return -1
    if (line.trimEnd().endsWith(';'))
      return ASKED.test(
        lines
          .slice(n, at + 1)
          .join('\n')
          .trim()
      )
        ? at
        : -1
  }
  return -1
}

/** The line without indentation and trailing comment. */
function shortened(line: string): string {
  const text = line.slice(0, 400).trim()
  const comment = text.lastIndexOf(' //')
  return comment > 0 ? text.slice(0, comment).trim() : text
}

function balance(line: string): number {
  const bare = line.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, '')
  return (bare.match(/[{([]/g)?.length ?? 0) - (bare.match(/[})\]]/g)?.length ?? 0)
}
