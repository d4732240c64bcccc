import { say, type Message } from '../../../shared/words/message.ts'

/** Recognises style sheets and source code by the majority of their lines; null for anything that may be copy. */
export function codeKind(lines: readonly string[], start: string): Message | null {
  if (isStyleSheet(start)) return say('foreign.styleSheet')
  if (/^#!\s?\/\S/.test(start) || /^<\?(?:php\b|=)/i.test(start)) return say('foreign.code')
  return isPacked(start) || isCode(withoutComments(lines, start)) ? say('foreign.code') : null
}

const BLOCK_COMMENT = /\/\*[^]*?(?:\*\/|$)|("""|''')[^]*?(?:\1|$)/g

/** CSS and its dialects: almost everything is a declaration inside braces, a selector or an at-rule. */
function isStyleSheet(start: string): boolean {
  const text = start.replace(BLOCK_COMMENT, ' ')
  let declared = 0
  let other = 0
  let depth = 0
  let quote = ''
  let brackets = 0
  let from = 0
  const settle = (at: number): void => {
    const part = text.slice(from, at).trim()
    if (part === '') return
    const isFitting =
      depth > 0 ? DECLARATION.test(part) || AT_RULE.test(part) : AT_RULE.test(part) || VARIABLE.test(part)
    if (isFitting && depth > 0) declared += 1
    else if (!isFitting) other += 1
  }
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] ?? ''
    if (quote !== '') {
      if (sign === '\\') at += 1
      else if (sign === quote || sign === '\n') quote = ''
    } else if (sign === '"' || sign === "'") quote = sign
    else if (sign === '(') brackets += 1
    else if (sign === ')') brackets = Math.max(0, brackets - 1)
    else if (sign === '{' || sign === '}' || (sign === ';' && brackets === 0)) {
      if (sign !== '{') settle(at)
      else if (!isSelector(text.slice(from, at).trim())) other += 2
      depth = Math.max(0, depth + (sign === '{' ? 1 : sign === '}' ? -1 : 0))
      brackets = 0
      from = at + 1
    }
  }
  if (depth === 0) settle(text.length)
  return declared >= 1 && other <= declared * 0.1
}

const DECLARATION = /^(?:[$*_-]|--)?[a-z][\w-]{1,60}\s{0,40}:\s{0,40}[^\s:]/i
const AT_RULE = /^@[a-z-]{3,30}\b/i
const VARIABLE = /^[$@][\w-]{1,80}\s{0,5}:/

/** A selector, as opposed to the head of a block of a program. */
function isSelector(text: string): boolean {
  if (text.length > 1500 || /[=(,]$|=>$|^\)/.test(text)) return false
  if (text.startsWith('@')) return true
  return (
    !/^(?:function|if|for|while|do|else|try|class|export|import|const|var|let|return|module|switch)\b/.test(text) &&
    !/(?<![\w-])\)$/.test(text.replace(/:[\w-]+\([^()]*\)/g, ''))
  )
}

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
  // The end of a statement or the beginning or end of a block.
  /[=([\]"'`)].{0,400}[;{]$/,
  /^[\])}>]{1,6}[;,.)]{0,3}$/,
  /^[)}\]]{1,3}\s{0,9}(?:else|catch|finally|while|as|=>|\)|from)\b.{0,400}$/,
  /^(?:else|try|finally|do|begin|then|fi|done|esac|end|pass|break|continue|return)\s{0,9}[:;{]?$/,
  /^["']use [a-z]{2,20}["'];?$/,
  // Declarations.
  /^(?:export |default |public |private |protected |static |async |final |abstract |pub |unsafe |inline ){0,4}(?:class|interface|enum|struct|trait|impl|namespace|module|function|func|fn|def|sub|type|record|object|package)\s{1,9}[\w$.:<>~]+.{0,400}[({:=;]?$(?<=[({:;=)>\w])/,
  /^(?:export |pub |public |private |static |readonly ){0,3}(?:const|let|var|val|auto|final|int|float|double|bool|boolean|char|string|void|long)\s{1,9}[\w$*&{[<].{0,400}[=;({]/i,
  /^(?:import|from|require|require_once|include|include_once|using|use|package)\s{1,9}(?:type\s{1,9})?["'{*<]?[\w$@.\\/:*{<-]+.{0,400}(?:["';>}*]|\bimport\b.{0,400}|\bas\s\w+)$/,
  /^(?:import|from|package|using)\s{1,9}[\w.]+(?:\s{1,9}as\s{1,9}\w+)?\s{0,9};?$/,
  /^(?:from\s{1,9}[\w.]+\s{1,9}import\s)/,
  /^#\s?(?:include|define|ifn?def|if|endif|pragma|import)\b/,
  /^@[A-Za-z][\w.]{1,60}(?:\(.{0,400}\))?$/,
  // Conditions, calls, assignments, properties.
  /^(?:if|elif|else if|for|foreach|while|switch|match|with|catch|except|unless|until|case|when)\b.{0,400}[:{)]\s{0,9}(?:then|do)?$(?<=[)\]"'\w]\s{0,3}[:{)]|\b(?:then|do))/,
  /^(?:return|throw|raise|yield|await|new|delete|print|echo|assert|puts|printf|local|set|unset)\b.{0,400}[()[\]{}"'`$=;]/,
  /^[\w$.[\]'"*&>-]{1,80}\s{0,9}(?:[-+*/%|&^?:.]|<<|>>|\|\||&&|\?\?)?=(?!=)\s{0,9}\S/,
  /^[\w$]+(?:(?:\.|::|->)[\w$]+)*\s?\(.{0,400}\)?[;,{]?$(?<=[(),;{])/,
  /^(?:\.|->|::)[\w$]+\s?\(/,
  /^["'`]?[\w$-]{1,60}["'`]?\s{0,9}(?::|=>)\s{0,9}[\w$"'`[{(!-].{0,400},$/,
  // SQL.
  /^(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE (?:TABLE|INDEX|VIEW|UNIQUE)|ALTER TABLE|DROP TABLE|BEGIN(?: TRANSACTION)?|COMMIT|PRAGMA|VALUES|FROM|WHERE|SET)\b.{0,400}[;(,)`]$/,
  /^\(.{0,400}\)[,;]$/
]

function isCode(lines: readonly string[]): boolean {
  if (lines.length < 2) return false
  let depth = 0
  let isAsking = false
  const isOne = lines.map((line) => {
    const short = shortened(line)
    const isInside = depth > 0 || isAsking
    const isShape = CODE.some((shape) => shape.test(short))
    // Lines inside brackets that are still open count as code, and so do the lines of an SQL statement.
    if (isShape || depth > 0) depth = Math.max(0, depth + balance(short))
    isAsking = (isAsking || QUESTION.test(short)) && !short.endsWith(';')
    return isShape || isInside || QUESTION.test(short)
  })
  const found = isOne.filter(Boolean).length
  return (
    isOne[0] === true &&
    found >= 2 &&
    found >= lines.length * 0.6 &&
    lines.some((line) => CODE.some((shape) => shape.test(shortened(line))))
  )
}

const QUESTION = /^(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE|ALTER|DROP|GRANT|COMMENT ON)\s[\w*"`@(]/

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
