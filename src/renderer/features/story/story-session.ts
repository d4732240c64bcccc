import type { Place } from '../../../shared/story/place.ts'
import type { Story } from '../../../shared/story/story.ts'
import type { UndoHeights } from '../../../shared/story/undo.ts'
import type { FieldsPatch, StoryFields } from '../../../shared/story/fields.ts'
import type { Status } from '../../../shared/story/status.ts'
import type { Saved } from '../../../shared/contract/stories.ts'
import type { Block, StoredBody } from '../../../shared/document/document.ts'
import { emptyImageUse } from '../../../shared/document/image-use.ts'
import { BlockSequence, type BodyPatch } from '../../../shared/document/patch.ts'
import { bodyToText } from '../../../shared/document/to-text.ts'
import { steadyClock, type Clock } from '../../../shared/lib/clock.ts'
import { newId } from '../../../shared/lib/id.ts'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import { say } from '../../../shared/words/message.ts'
import { sayFailure } from '../../api/say-failure.ts'
import type { Api } from '../../api/api.tsx'
import type { OpenStory, SaveView, StoryStats } from '../../api/open-story.ts'
import { createStore, type Readable, type Store } from '../../api/store.ts'
import type { BodyEditorHandle, BodyStep } from '../../editor/body-editor.ts'
import type { UndoState } from '../../editor/undo-keys.ts'
import { Autosave, type Edit, type Outgoing } from './autosave.ts'
import { runAutosave, type AutosaveRunner } from './autosave-runner.ts'
import { newsOf } from './newer-version.ts'
import { sendChange } from './send-change.ts'
import { placeNow } from './last-place.ts'
import { onPage, showPlace } from './show-place.ts'
import { changesNothing, placeOfChange, runOf } from './undo/field-steps.ts'
import type { Step } from './undo/step-stack.ts'
import { UndoLine, type UndoHands } from './undo/undo-line.ts'

/** A session works without a page too. */
const isDrawn = typeof document !== 'undefined'

/** What the editor takes up: a new object means the text was replaced from outside and the editor starts again. */
export interface BodyOnScreen {
  readonly generation: number
  readonly body: StoredBody
}

/**
 * One story at work: what is on the screen, what the core has acknowledged, and the way from one to the other. Lives
 * outside React, so that a key costs no render, and outlives the view until every word is on disk.
 */
export class StorySession implements OpenStory {
  readonly id: string
  /** Of this session alone: a story that was closed and opened again has another, and a view of its own. */
  readonly key = newId()
  readonly fields: Store<StoryFields>
  readonly edits: Store<number> = createStore(0)
  readonly status: Store<Status>
  readonly stats: Store<StoryStats> = createStore<StoryStats>({ words: null, outline: [], images: [] })
  readonly save: Store<SaveView>
  readonly revision: Store<number>
  readonly onScreen: Store<BodyOnScreen>
  readonly undoState: Readable<UndoState>
  /** The newer version that conflicts with ours; null while there is none. */
  readonly conflict: Store<Story | null> = createStore<Story | null>(null)
  /** How many views show it. */
  users = 0
  /** Set by the editor while it is there. */
  editor: Pick<
    BodyEditorHandle,
    | 'revealBlock'
    | 'insertImage'
    | 'finishPaste'
    | 'caretPlace'
    | 'putCaret'
    | 'applyPatch'
    | 'turnTo'
    | 'forgetRedo'
    | 'replaceBlocks'
  > | null = null

  readonly #api: Api
  readonly #clock: Clock
  #runner: AutosaveRunner
  /**
   * What is on the screen, kept by the same patches that are sent, so that it can be had at any moment and whatever
   * fails.
   */
  #local: BlockSequence
  /** What the core has acknowledged. */
  #stored: { fields: StoryFields; body: BlockSequence }
  #resolving = false
  /** The newest revision that was told of since the newest was last asked for. */
  #newest = 0
  /** What is changed together, until all of it is. */
  #together: Edit | null = null
  readonly #line: UndoLine
  readonly #stops: (() => void)[] = []

  /** `heights`: how far it can be undone as it is; see `stories.undoHeights`. */
  constructor(api: Api, story: Story, clock: Clock = steadyClock, heights: UndoHeights | null = null) {
    this.id = story.id
    this.#api = api
    this.#clock = clock
    this.fields = createStore(story.fields)
    this.status = createStore(story.status)
    this.revision = createStore(story.revision)
    this.#stops.push(this.fields.subscribe(() => this.edits.set(this.edits.get() + 1)))
    this.onScreen = createStore<BodyOnScreen>({ generation: 0, body: story.body })
    this.#local = new BlockSequence(story.body)
    this.#stored = { fields: story.fields, body: new BlockSequence(story.body) }
    this.#line = new UndoLine(
      this.#hands(),
      heights?.revision === story.revision ? heights : { past: 0, future: 0 },
      () => clock.now()
    )
    this.undoState = this.#line.state
    this.#runner = this.#startRunner(story.revision)
    this.save = createStore(this.#viewNow())
    this.#stops.push(
      api.link.subscribe(() => {
        this.#publishView()
        if (api.link.get() === 'connected') {
          this.#runner.retry()
          void this.#catchUp()
        }
      }),
      api.on('storyChanged', ({ summary, by }) => {
        if (summary.id !== this.id) return
        const ours = this.#runner.revision.get()
        // The answer to a save of ours is on its way and says the same.
        if (by === api.connectionId && (this.#runner.underWay || summary.revision === ours)) return
        if (summary.revision > ours) {
          this.#newest = Math.max(this.#newest, summary.revision)
          void this.#catchUp()
        }
        // Publishing marks a story live without making a new revision of it.
        else if (summary.revision === ours) this.status.set(summary.status)
      })
    )
  }

  setFields(fields: FieldsPatch, isStep = false): void {
    const old = this.fields.get()
    const changed = Object.fromEntries(
      Object.entries(fields).filter(([key, value]) => !Object.is(old[key], value))
    ) as FieldsPatch
    if (Object.keys(changed).length === 0) return
    // When a story may be published, and was, is no part of its copy: undoing words never moves it.
    const names = Object.keys(changed).filter((name) => name !== 'times')
    if (names.length > 0) {
      const back = Object.fromEntries(names.map((name) => [name, old[name]])) as FieldsPatch
      this.#line.record({
        fields: back,
        run: isStep ? null : runOf(back, changed),
        place: () => placeOfChange(back, changed) ?? this.#place()
      })
    }
    this.fields.set({ ...old, ...changed } as StoryFields)
    this.#edit({ fields: changed })
  }

  patchBody(patch: BodyPatch, step?: BodyStep): void {
    if (patch.length === 0) return
    const back = this.#local.apply(patch)
    this.#line.record({ body: back, live: step?.live ?? null, place: () => step?.place() ?? null })
    this.edits.set(this.edits.get() + 1)
    this.#edit({ body: patch })
  }

  undo(): void {
    if (this.editor) void this.#line.undo()
  }

  redo(): void {
    if (this.editor) void this.#line.redo()
  }

  /** Whatever of the story `work` changes is one step of undo, and goes to disk together. */
  asOneStep(work: () => void): void {
    if (this.#together) return work()
    this.#together = {}
    try {
      this.#line.asOneStep(work)
    } finally {
      this.#sendTogether()
    }
  }

  /** An input method begins to write, somewhere on the page. */
  compose(): void {
    this.#line.compose()
  }

  composed(written: string): void {
    this.#line.composed(written)
  }

  setStatus(status: Status): void {
    if (status === this.status.get()) return
    this.status.set(status)
    this.#runner.edit({ status })
  }

  replaceBlock(block: Block): void {
    this.editor?.replaceBlocks([block])
    this.editor?.revealBlock(block.id)
  }

  showPlace(place: Place): void {
    showPlace(place, this.editor)
  }

  showBlock(blockId: string): void {
    this.editor?.revealBlock(blockId)
  }

  insertPicture(mediaId: string): void {
    this.editor?.insertImage(emptyImageUse(mediaId))
  }

  /** All that is on the screen goes to disk, the rest of a paste that is still coming in with it. */
  flush(): Promise<void> {
    this.editor?.finishPaste()
    return this.#runner.flush()
  }

  retry(): void {
    this.#runner.retry()
  }

  get settled(): boolean {
    return this.#runner.settled
  }

  body(): StoredBody {
    return this.#local.toBody()
  }

  plainText(): string {
    const { kicker, headline, standfirst, byline, leadImage } = this.fields.get()
    return [kicker, headline, standfirst, byline, leadImage?.caption, leadImage?.credit, bodyToText(this.body())]
      .filter(Boolean)
      .join('\n\n')
  }

  /**
   * Takes the newer version onto the screen. Ours is kept first, as a story of its own, unless nothing of it is missing
   * there.
   */
  async loadNewer(nameOfOurs: (headline: string) => string): Promise<void> {
    await this.#keepOurs(nameOfOurs)
    this.#replace(await this.#api.call.stories.get({ id: this.id }))
  }

  /** Ours becomes a story of its own; returns its id. */
  async saveAsNew(nameOfOurs: (headline: string) => string): Promise<string> {
    const id = await this.#keepOurs(nameOfOurs)
    this.#replace(await this.#api.call.stories.get({ id: this.id }))
    return id
  }

  stop(): void {
    for (const stop of this.#stops.splice(0)) stop()
    this.#runner.stop()
  }

  async #keepOurs(nameOfOurs: (headline: string) => string): Promise<string> {
    this.editor?.finishPaste()
    const fields = this.fields.get()
    const kept = await this.#api.call.stories.create({
      id: (this.#oursId ??= newId()),
      fields: { ...fields, headline: nameOfOurs(fields.headline) },
      body: this.body()
    })
    return kept.id
  }
  #oursId: string | null = null

  #startRunner(revision: number): AutosaveRunner {
    const runner = runAutosave({
      machine: new Autosave(revision, () => newId(), this.#line),
      clock: this.#clock,
      send: (outgoing) => sendChange(this.#api, this.id, outgoing),
      onSaved: (outgoing, saved) => this.#acknowledge(outgoing, saved)
    })
    this.#stops.push(
      runner.view.subscribe(() => {
        this.#publishView()
        if (runner.view.get().state === 'conflict') void this.#resolve()
      }),
      runner.revision.subscribe(() => this.revision.set(runner.revision.get()))
    )
    return runner
  }

  #hands(): UndoHands {
    return {
      apply: (step, way) => {
        this.#together ??= {}
        this.#turn(step, way)
      },
      done: () => this.#sendTogether(),
      place: () => this.#place(),
      show: (place, step) => this.#showStep(place, step),
      load: async () => {
        const steps = await this.#api.call.stories.undoSteps({ id: this.id })
        return steps.revision === this.#runner.revision.get() ? steps : null
      },
      unread: sayFailure,
      ended: (error) => {
        console.error(error)
        sayFailure(new GalleyError('conflict', say('stories.undoEnds')))
      },
      forgetRedo: () => this.editor?.forgetRedo(),
      isNothing: (step) => changesNothing(step, this.fields.get(), (id) => this.#local.get(id))
    }
  }

  #turn(step: Step, way: 'back' | 'on'): void {
    const { editor } = this
    const body = step.body()
    if (step.live) step.liveAfter = editor?.turnTo(step.live, way) ?? null
    if (!step.liveAfter && body.length > 0) {
      // All of it fits, or nothing of it is done.
      this.#local.apply(this.#local.apply(body))
      editor?.applyPatch(body)
    }
    if (step.fields) this.setFields(step.fields)
  }

  #place(): Place | null {
    return isDrawn ? placeNow(this.editor) : null
  }

  #showStep(place: Place, step: Step): void {
    if ('blockId' in place) {
      // The editor's own step has put the caret where it was.
      if (!step.liveAfter) this.editor?.putCaret(place.blockId, place)
    } else if (isDrawn && onPage(place.field)) requestAnimationFrame(() => showPlace(place, this.editor))
  }

  #edit(edit: Edit): void {
    if (!this.#together) return this.#runner.edit(edit)
    const { fields, body } = this.#together
    this.#together = {
      ...((fields ?? edit.fields) && { fields: { ...fields, ...edit.fields } }),
      ...((body ?? edit.body) && { body: [...(body ?? []), ...(edit.body ?? [])] })
    }
  }

  /** A step is complete, here and in the line: what it changed goes to disk together with it. */
  #sendTogether(): void {
    const all = this.#together
    this.#together = null
    if (all?.fields ?? all?.body) this.#runner.edit(all ?? {})
  }

  #acknowledge({ change }: Outgoing, saved: Saved): void {
    if (change.kind === 'fields') this.#stored.fields = { ...this.#stored.fields, ...change.fields } as StoryFields
    if (change.kind === 'body') this.#stored.body.apply(change.patch)
    this.status.set(saved.status)
  }

  /**
   * Somebody else saved, or we were away. With nothing of ours unsaved the newest version simply comes onto the screen.
   */
  async #catchUp(): Promise<void> {
    if (!this.#runner.settled || this.#resolving) return
    this.#resolving = true
    this.#newest = 0
    let seen = Infinity
    try {
      const { stories } = this.#api.call
      const latest = await stories.get({ id: this.id })
      seen = latest.revision
      // The core may have made a step of its own of what it changed.
      const heights = await stories.undoHeights({ id: this.id }).catch(() => null)
      this.editor?.finishPaste()
      if (latest.revision > this.#runner.revision.get() && this.#runner.settled && !this.#rebase(latest)) {
        this.#replace(latest)
        if (heights?.revision === latest.revision) this.#line.begin(heights)
      }
    } catch {
      // The next save finds out, and says so.
    } finally {
      this.#resolving = false
    }
    // What was told of meanwhile.
    if (this.#newest > seen) await this.#catchUp()
  }

  /**
   * The core refused a stale change. Where the newer version touched nothing that we touched, ours goes on top of it;
   * else a person decides.
   */
  async #resolve(): Promise<void> {
    if (this.#resolving || this.conflict.get()) return
    this.#resolving = true
    try {
      const latest = await this.#api.call.stories.get({ id: this.id })
      if (!(latest.revision > this.#runner.revision.get() && this.#rebase(latest))) this.conflict.set(latest)
    } catch (thrown) {
      if (thrown instanceof GalleyError && thrown.code === 'not_found') return
      this.#clock.after(1000, () => {
        this.#resolving = false
        void this.#resolve()
      })
      return
    } finally {
      this.#resolving = false
    }
  }

  /** True when what is here could go on top of `latest`. */
  #rebase(latest: Story): boolean {
    const ours = this.fields.get()
    const { fields, body } = this.#stored
    const news = newsOf(latest, { fields, body: body.toBody() }, ours)
    if (!news) return false
    this.#stored.fields = latest.fields
    // Undo never touches the times; with any other field it would be of another story.
    const names = Object.keys(news)
    const fits = names.every((name) => name === 'times')
    if (!fits) this.#line.forget()
    if (names.length > 0) this.fields.set({ ...ours, ...news } as StoryFields)
    this.status.set(latest.status)
    this.#runner.rebase(latest.revision, fits)
    return true
  }

  #replace(story: Story): void {
    this.#runner.stop()
    this.#line.forget()
    this.#oursId = null
    this.fields.set(story.fields)
    this.status.set(story.status)
    this.#local = new BlockSequence(story.body)
    this.#stored = { fields: story.fields, body: new BlockSequence(story.body) }
    this.#runner = this.#startRunner(story.revision)
    this.revision.set(story.revision)
    this.conflict.set(null)
    this.edits.set(this.edits.get() + 1)
    this.onScreen.set({ generation: this.onScreen.get().generation + 1, body: story.body })
    this.#publishView()
  }

  /** While the line is down nothing that is typed can be on disk, whatever the machine waits for. */
  #viewNow(): SaveView {
    const view = this.#runner.view.get()
    if ((view.state === 'dirty' || view.state === 'saving') && this.#api.link.get() !== 'connected')
      return { ...view, state: 'offline' }
    return view
  }

  #publishView(): void {
    const next = this.#viewNow()
    const old = this.save.get()
    if (old.state !== next.state || old.savedAt !== next.savedAt || old.problem !== next.problem) this.save.set(next)
  }
}
