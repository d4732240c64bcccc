import { expect, test } from 'vitest'
import { StoredBody } from '../../../src/shared/document/document.ts'
import { blocksOfHtml } from '../../../src/shared/document/from-html/blocks-of-html.ts'
import { bodyToHtml } from '../../../src/shared/document/to-html.ts'

/** What scripts, addresses and names an attack has; each kind is one that broke some sanitizer once. */
const RUN = 'top.ran=1'
const attacks: readonly (readonly [string, string])[] = [
  // Handlers, on everything that fires one by itself.
  ...['img src=x onerror', 'body onload', 'video onloadstart', 'details open ontoggle', 'input autofocus onfocus'].map(
    (tag) => [`handler of ${tag}`, `<${tag}="${RUN}">kept</p>`] as const
  ),
  ['a handler without quotes, space or end', `<img src=x onerror=${RUN}//<p>kept`],
  ['a handler after a slash', `<img/src="x"/onerror=${RUN}>kept`],
  ['a handler behind a form feed', `<img\u000csrc=x\u000conerror=${RUN}>kept`],
  ['a handler in capitals, twice', `<IMG SRC=x ONERROR=${RUN} onerror=${RUN}>kept`],
  // Addresses that are code.
  ['a script address', `<a href="javascript:${RUN}">kept</a>`],
  ['one with a tab in it', `<a href="java&#9;script:${RUN}">kept</a>`],
  ['one behind a control', `<a href="&#1;javascript:${RUN}">kept</a>`],
  ['one with a name for its colon', `<a href="javascript&colon;${RUN}">kept</a>`],
  ['one in another alphabet', `<a href="ｊavascript:${RUN}">kept</a>`],
  ['a page in an address', `<a href="data:text/html;base64,PHNjcmlwdD4=">kept</a>`],
  ['an address of Windows', `<a href="vbscript:${RUN}">kept</a>`],
  ['a base that turns addresses', `<base href="javascript:${RUN}//"><a href="x">kept</a>`],
  [
    'a form that goes elsewhere',
    `<form action="javascript:${RUN}"><button formaction="javascript:${RUN}">x</button></form>kept`
  ],
  ['a page that goes elsewhere', `<meta http-equiv=refresh content="0;javascript:${RUN}">kept`],
  // Code itself.
  ['a script', `<script>${RUN}</script>kept`],
  ['a script in a drawing', `<svg><script>${RUN}</script></svg><p>kept`],
  ['a script cut in two', `<scr<script>x</script>ipt>${RUN}</scr</script>ipt>kept`],
  ['a script that never ends', `<p>kept</p><script>${RUN}`],
  [
    'an animation that sets an address',
    `<svg><a><animate attributeName=href values="javascript:${RUN}" /></a></svg>kept`
  ],
  ['a drawing that uses another', `<svg><use href="data:image/svg+xml,%3Csvg onload='${RUN}'/%3E"/></svg>kept`],
  ['a page in an attribute', `<iframe srcdoc="<script>${RUN}</script>"></iframe>kept`],
  ['a plug-in', `<object data="javascript:${RUN}"></object><embed src="javascript:${RUN}">kept`],
  [
    'a style',
    `<style>@import "javascript:${RUN}"; p{background:url(javascript:${RUN})}</style><p style="behavior:url(x)">kept`
  ],
  // Text that becomes markup when it is read a second time.
  ['a title that closes a noscript', `<noscript><p title="</noscript><img src=x onerror=${RUN}>">x</p></noscript>kept`],
  [
    'a style that ends in a formula',
    `<math><mtext><table><mglyph><style><math><img src=x onerror=${RUN}></style></table></math><p>kept`
  ],
  [
    'a formula that turns into a page',
    `<math><annotation-xml encoding="text/html"><img src=x onerror=${RUN}></annotation-xml></math><p>kept`
  ],
  ['a comment that ends early', `<!--><img src=x onerror=${RUN}>-->kept`],
  ['a comment that ends oddly', `<!-- --!><img src=x onerror=${RUN}>-->kept`],
  ['a section of another language', `<svg><![CDATA[><img src=x onerror=${RUN}>]]></svg><p>kept`],
  ['escaped markup', `<p>&lt;img src=x onerror=${RUN}&gt;kept`],
  ['twice escaped markup', `<p>&amp;lt;script&amp;gt;${RUN}&amp;lt;/script&amp;gt;kept`],
  ['markup in a text field', `<textarea></textarea><img src=x onerror=${RUN}>kept`],
  ['markup in a template', `<template><img src=x onerror=${RUN}></template>kept`],
  ['markup behind a select', `<select><option><img src=x onerror=${RUN}></select>kept`],
  // Names that stand for a node's own.
  ['fields named as properties', '<form id=attributes><input name=removeChild><input name=nodeName><p>kept</form>'],
  ['an image named as the document', '<img name=cookie><img name=body><img id=getElementById>kept'],
  // Bytes and entities on the edge.
  ['zeros', `<scr\u0000ipt>${RUN}</scr\u0000ipt><im\u0000g src=x onerror=${RUN}>kept`],
  ['entities without an end', `<a href="&#106&#97&#118&#97&#115&#99&#114&#105&#112&#116&#58${RUN}">kept</a>`],
  ['an entity beyond all', '&#x110000; &#99999999999; kept'],
  ['a tag that never ends', `kept<img src="x`]
]

test.each(attacks)('%s: nothing runs, the words stay', (_name, html) => {
  const blocks = blocksOfHtml(html)
  expect(StoredBody.safeParse({ version: 1, blocks }).error).toBeUndefined()
  const out = bodyToHtml({ version: 1, blocks })
  const tags = out.match(/<[^>]*>/g)?.join('') ?? ''
  expect(tags).not.toMatch(
    /\son\w+=|javascript|vbscript|data:text|srcdoc|formaction|<(?:script|style|iframe|svg|math|form|base|meta|object|embed|template)/i
  )
  expect(out.replace(/<[^>]*>/g, '')).toContain('kept')
  // What goes out is read as what it is: markup that was text does not come alive the second time.
  // An empty slot of a picture that never was is not read again.
  const words = out.replaceAll(/<figure class="picture-to-come"><\/figure>\n?/g, '')
  expect(bodyToHtml({ version: 1, blocks: blocksOfHtml(out) })).toBe(words)
})
