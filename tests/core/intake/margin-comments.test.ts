import { expect, it } from 'vitest'
import { body, review } from './support.ts'

const HEAD = 'Council votes to close harbour bridge for a year'
const WORDS = 'The council voted seven to two on Tuesday to close the harbour bridge, after engineers found cracks'

it('a mark of a comment that is never closed takes no word of its line along', () => {
  for (const html of [
    `${WORDS} today<a href="#_msocom_1">[AB1]`,
    `<h1>${HEAD}</h1>${WORDS} today<a class=msocomanchor href="#_msocom_1">[AB1]`,
    `<h1>${HEAD}</h1><p>${WORDS} today<span class=MsoCommentReference>[AB1]`
  ])
    expect(
      review(html, { name: 'copy.html' })
        .lines.map(({ text }) => text)
        .join(' '),
      html
    ).toContain(`${WORDS} today`)
})

it.each([
  [
    'Word',
    `<p class=MsoNormal>${WORDS}<span class=MsoCommentReference><a class=msocomanchor href="#_msocom_1">[AB1]</a></span> in its anchors, officials said.</p>`,
    `<div style='mso-element:comment-list'><hr class=msocomoff><div style='mso-element:comment'><div class=msocomtxt><p class=MsoCommentText><a class=msocomoff>[AB1]</a>LEGAL: no. This whole paragraph is what the lawyers said of the story, at some length.</p></div></div></div>`
  ],
  [
    'Google Docs',
    `<p class="c0"><span>${WORDS}</span><sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup><span> in its anchors, officials said.</span></p>`,
    `<div style="border:1px solid black;margin:5px"><p class="c1"><a href="#cmnt_ref1" id="cmnt1">[a]</a><span>LEGAL: no. This whole paragraph is what the lawyers said of the story, at some length.</span></p><p>LEGAL: and a second one.</p></div>`
  ]
])(
  'comments from the margin of a document of %s are left out line by line, and no sentence is cut',
  (_, text, list) => {
    const more = `<p>Later. ${WORDS} in its anchors, the harbour master said on Tuesday.</p>`
    const found = review(`<html><body><h1>${HEAD}</h1>${text}${more}${list}</body></html>`, { name: 'copy.html' })
    expect(body(found)).toEqual([
      `paragraph: ${WORDS} in its anchors, officials said.`,
      `paragraph: Later. ${WORDS} in its anchors, the harbour master said on Tuesday.`
    ])
    const comments = found.lines.filter(({ reason }) => reason?.key === 'reason.marginComment')
    expect(comments.length).toBeGreaterThanOrEqual(2)
    for (const line of comments) expect(line).toMatchObject({ role: 'furniture', kept: false })
  }
)
