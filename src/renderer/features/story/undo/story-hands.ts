import type { BlockSequence } from '../../../../shared/document/patch.ts'
import { GalleyError } from '../../../../shared/rpc/errors.ts'
import type { FieldsPatch, StoryFields } from '../../../../shared/story/fields.ts'
import type { Place } from '../../../../shared/story/place.ts'
import { say } from '../../../../shared/words/message.ts'
import type { Api } from '../../../api/api.tsx'
import { sayFailure } from '../../../api/say-failure.ts'
import type { BodyEditorHandle } from '../../../editor/body-editor.ts'
import { placeNow } from '../last-place.ts'
import { onPage, showPlace } from '../show-place.ts'
import { changesNothing } from './field-steps.ts'
import type { Step } from './step-stack.ts'
import type { UndoHands } from './undo-line.ts'

type Editor = Pick<BodyEditorHandle, 'turnTo' | 'applyPatch' | 'putCaret' | 'forgetRedo' | 'caretPlace' | 'revealBlock'>

/** The story on screen, as far as undoing changes it. */
export interface StoryInHand {
  readonly id: string
  /** Null while no editor shows the story. */
  editor(): Editor | null
  /** The body on screen. */
  local(): BlockSequence
  fields(): StoryFields
  /** The revision that the core has acknowledged. */
  revision(): number
  setFields(fields: FieldsPatch): void
  /** What follows, up to `endStep`, is saved together. */
  beginStep(): void
  endStep(): void
}

/** How the undo line changes a story and shows what changed. */
export function storyHands(api: Pick<Api, 'call'>, story: StoryInHand): UndoHands {
  return {
    apply(step, way) {
      story.beginStep()
      turn(story, step, way)
    },
    done: () => story.endStep(),
    place: () => placeOnScreen(story.editor()),
    show: (place, step) => show(story.editor(), place, step),
    async load() {
      const steps = await api.call.stories.undoSteps({ id: story.id })
      return steps.revision === story.revision() ? steps : null
    },
    unread: sayFailure,
    ended(error) {
      console.error(error)
      sayFailure(new GalleyError('conflict', say('stories.undoEnds')))
    },
    forgetRedo: () => story.editor()?.forgetRedo(),
    isNothing: (step) => changesNothing(step, story.fields(), (id) => story.local().get(id))
  }
}

/** Where the caret is; null without a page, where a session works too. */
export function placeOnScreen(editor: Pick<BodyEditorHandle, 'caretPlace'> | null): Place | null {
  return isDrawn ? placeNow(editor) : null
}

const isDrawn = typeof document !== 'undefined'

function turn(story: StoryInHand, step: Step, way: 'back' | 'on'): void {
  const editor = story.editor()
  const body = step.body()
  if (step.live) step.liveAfter = editor?.turnTo(step.live, way) ?? null
  if (!step.liveAfter && body.length > 0) {
    const local = story.local()
    // Applied and reverted first, so that it fits as a whole or throws before anything changes.
    local.apply(local.apply(body))
    editor?.applyPatch(body)
  }
  if (step.fields) story.setFields(step.fields)
}

function show(editor: Editor | null, place: Place, step: Step): void {
  if ('blockId' in place) {
    // The editor's own step has already restored the caret.
    if (!step.liveAfter) editor?.putCaret(place.blockId, place)
  } else if (isDrawn && onPage(place.field)) requestAnimationFrame(() => showPlace(place, editor))
}
