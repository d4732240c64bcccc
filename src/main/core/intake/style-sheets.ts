/**
 * CSS and its dialects: almost everything is a declaration inside braces, a selector or an at-rule. Copy in braces is
 * not a style sheet: what precedes them is not a selector, and what is inside does not set a property.
 */
export function isStyleSheet(start: string): boolean {
  const text = start.replace(/\/\*[^]*?(?:\*\/|$)/g, ' ').replace(/^[ \t]{0,80}\/\/.*$/gm, ' ')
  let declared = 0
  let other = 0
  let depth = 0
  let quote = ''
  let brackets = 0
  let from = 0
  let hasEnds = false
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
      hasEnds ||= sign === ';' && depth > 0
      depth = Math.max(0, depth + (sign === '{' ? 1 : sign === '}' ? -1 : 0))
      brackets = 0
      from = at + 1
    }
  }
  if (depth === 0) settle(text.length)
  return declared >= (hasEnds ? 1 : 2) && other <= declared * 0.1
}

/** A property, recognised by its first word, a custom property, or a variable of a dialect. */
const DECLARATION =
  /^[*_]?(?:--[\w-]{1,80}|-(?:webkit|moz|ms|o)-[\w-]{1,60}|[$@][\w-]{1,80}|(?:accent|align|all|animation|appearance|aspect|backdrop|backface|background|block|border|bottom|box|break|caption|caret|clear|clip|color|column|columns|contain|container|content|counter|cursor|direction|display|empty|fill|filter|flex|float|font|gap|grid|hanging|height|hyphens|image|inline|inset|isolation|justify|left|letter|line|list|margin|mask|max|min|mix|object|offset|opacity|order|orphans|outline|overflow|overscroll|padding|page|perspective|place|pointer|position|quotes|resize|right|rotate|row|scale|scroll|scrollbar|shape|size|speak|src|stop|stroke|tab|table|text|top|touch|transform|transition|translate|unicode|user|vector|vertical|visibility|white|widows|width|will|word|writing|z|zoom)(?:-[a-z-]{1,40})?)\s{0,40}:\s{0,40}[^\s:]/i
const AT_RULE = /^@[a-z-]{3,30}\b/i
const VARIABLE = /^[$@][\w-]{1,80}\s{0,5}:/
/** One step of a selector: a class, an id, a place in a film, an element of HTML or SVG, one of the author's own. */
const STEP =
  /^(?:[.#:*&%@|][\w\\:.#*&%|{}$@-]*|\d{1,3}(?:\.\d+)?%|(?:from|to|html|head|body|address|article|aside|footer|header|h[1-6]|hgroup|main|nav|section|search|blockquote|d[dlt]|div|fig(?:caption|ure)|hr|[ou]l|li|menu|p|pre|a|abbr|[biqsu]|bd[io]|br|cite|code|data|dfn|em|kbd|mark|rp|rt|ruby|samp|small|span|strong|su[bp]|time|tt|var|wbr|area|audio|img|map|track|video|embed|i?frame|frameset|object|picture|portal|source|svg|path|g|circle|rect|line|text|tspan|polygon|polyline|use|canvas|noscript|script|del|ins|caption|col|colgroup|table|tbody|td|tfoot|th|thead|tr|button|datalist|fieldset|form|input|label|legend|meter|opt(?:group|ion)|output|progress|select|textarea|details|dialog|summary|slot|template|center|font|big|strike|acronym|marquee|[a-z]{1,20}-[\w-]{1,60})(?=$|[.#:|&])[\w\\.#:|&{}$@-]*)$/i

/** A selector, as opposed to words and to the head of a block of a program. */
function isSelector(text: string): boolean {
  if (text === '' || text.length > 1500) return false
  if (AT_RULE.test(text)) return true
  // The text in brackets is a condition of its step; replaced twice, because brackets can be nested.
  const bare = text.replace(/\([^()]*\)|\[[^[\]]*\]/g, '&').replace(/\([^()]*\)/g, '&')
  return bare
    .split(/[\s>+~,]+/)
    .filter((step) => step !== '')
    .every((step) => STEP.test(step))
}
