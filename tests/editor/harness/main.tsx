import { createRef } from 'react'
import { createRoot } from 'react-dom/client'
import { flushSync } from 'react-dom'
import { BodyEditorView } from '../../../src/renderer/editor/BodyEditorView.tsx'
import { HtmlReader } from '../../../src/shared/document/from-html/html-reader.ts'
import type { ReadBlock } from '../../../src/shared/document/from-html/new-block.ts'
import type { BodyEditor, BodyEditorHandle } from '../../../src/renderer/editor/body-editor.ts'
import { PlainText } from '../../../src/renderer/editor/PlainText.tsx'
import { emptyBody, type StoredBody } from '../../../src/shared/document/document.ts'
import { applyPatch, type BodyPatch } from '../../../src/shared/document/patch.ts'
import type { PasteProgress } from '../../../src/renderer/editor/clipboard/register-clipboard.ts'

import { $caretPlace, $setCaretPlace, type CaretPlace } from './caret-place.ts'

const root = createRoot(document.getElementById('root') as HTMLElement)
const handle = createRef<BodyEditorHandle>()
let initial: StoredBody = emptyBody()
let patches: BodyPatch[] = []
let steps: (object | null)[] = []
let errors: string[] = []
let progress: (PasteProgress | null)[] = []
let pictures: { id: string; type: string; bytes: Promise<string> }[] = []
let altRequests: string[] = []
let linkRequests = 0
let mounts = 0
let line = ''
let entered = 0

function drawPlain(value: string, multiline: boolean): void {
  flushSync(() =>
    root.render(
      <PlainText
        label="Headline"
        value={value}
        multiline={multiline}
        placeholder="Headline"
        onEnter={() => {
          entered += 1
        }}
        onChange={(text) => {
          line = text
          drawPlain(text, multiline)
        }}
      />
    )
  )
}

const harness = {
  open(body: StoredBody, chunkSize: number | null | undefined, editable = true): number {
    initial = body
    patches = []
    steps = []
    errors = []
    progress = []
    pictures = []
    mounts += 1
    const started = performance.now()
    flushSync(() =>
      root.render(
        <BodyEditorView
          key={mounts}
          document={body}
          handleRef={handle}
          editable={editable}
          {...(chunkSize === undefined ? {} : { chunkSize })}
          onPatch={(patch, { live }) => {
            patches.push(patch)
            steps.push(live)
          }}
          onError={(error) => {
            errors.push(String(error.stack ?? error))
          }}
          onPastePictures={(came) => {
            for (const { id, file } of came)
              pictures.push({
                id,
                type: file.type,
                bytes: file.arrayBuffer().then((buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))))
              })
          }}
          onEditAlt={(id) => {
            altRequests.push(id)
          }}
          onLinkRequest={() => {
            linkRequests += 1
          }}
          onPasteProgress={(step) => {
            progress.push(step)
          }}
        />
      )
    )
    return performance.now() - started
  },
  openPlain(value: string, multiline: boolean): void {
    line = value
    entered = 0
    drawPlain(value, multiline)
  },
  setPlain: (value: string, multiline: boolean) => {
    line = value
    drawPlain(value, multiline)
  },
  plain: () => ({ line, entered }),
  get handle(): BodyEditorHandle {
    if (!handle.current) throw new Error('no editor is open')
    return handle.current
  },
  body: () => harness.handle.toBody(),
  /** The body as opened with every patch applied to it, one by one. */
  patched: () => patches.reduce(applyPatch, initial),
  patches: () => patches,
  /** Which step of undo each patch belongs to, counted from the first. */
  steps: () => steps.map((step) => [...new Set(steps)].indexOf(step)),
  errors: () => errors,
  progress: () => progress,
  /** What came with pastes as bytes, in base64. */
  pictures: () => Promise.all(pictures.map(async ({ bytes, ...one }) => ({ ...one, bytes: await bytes }))),
  altRequests: () => altRequests,
  linkRequests: () => linkRequests,
  chunks: () =>
    [...document.querySelectorAll('.article-body > .chunk')].map(
      (chunk) => chunk.querySelectorAll(':scope > :not([data-lexical-decorator-boundary])').length
    ),
  caret: (): CaretPlace => (harness.handle as BodyEditor).lexical.getEditorState().read($caretPlace),
  setCaret: (place: CaretPlace) => {
    ;(harness.handle as BodyEditor).lexical.update(() => $setCaretPlace(place), { discrete: true })
  },
  importHtml: (html: string): ReadBlock[] => {
    const reader = new HtmlReader(html)
    while (!reader.step(7));
    return reader.blocks
  },
  /** Every block as drawn, whatever chunk it is in. */
  drawn: () =>
    [...document.querySelectorAll('.article-body > .chunk > *, .article-body > *:not(.chunk)')]
      .filter((block) => !block.hasAttribute('data-lexical-decorator-boundary'))
      .map((block) => {
        const copy = block.cloneNode(true) as HTMLElement
        for (const caption of copy.querySelectorAll('.plain-text')) caption.innerHTML = caption.textContent ?? ''
        for (const element of [copy, ...copy.querySelectorAll('*')]) {
          const attributes = [...element.attributes]
            .sort((a, b) => a.name.localeCompare(b.name))
            .map(({ name, value }) => [name, value] as const)
          for (const [name] of attributes) element.removeAttribute(name)
          for (const [name, value] of attributes) element.setAttribute(name, value)
        }
        return copy.outerHTML.replace(/ data-selected=""/g, '')
      }),
  clear: () => {
    flushSync(() => root.render(null))
    altRequests = []
  }
}

export type Harness = typeof harness

declare global {
  interface Window {
    harness: Harness
  }
}
window.harness = harness
