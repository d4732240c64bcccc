import type { Place } from '../../../shared/story/place.ts'
import type { Story } from '../../../shared/story/story.ts'
import type { UndoHeights } from '../../../shared/story/undo.ts'
import type { FieldsPatch, StoryFields } from '../../../shared/story/fields.ts'
import type { Status } from '../../../shared/story/status.ts'
import type { Saved } from '../../../shared/contract/stories.ts'
import type { Block, StoredBody } from '../../../shared/document/document.ts'
import { emptyImageUse } from '../../../shared/document/image-use.ts'
import { BlockSequence, type BodyPatch } from '../../../shared/document/patch.ts'
import { steadyClock, type Clock } from '../../../shared/lib/clock.ts'
import { newId } from '../../../shared/lib/id.ts'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import type { Api } from '../../api/api.tsx'
import type { OpenStory, SaveView, StoryStats } from '../../api/open-story.ts'
import { createStore, type Readable, type Store } from '../../api/store.ts'
import type { BodyEditorHandle, BodyStep } from '../../editor/body-editor.ts'
import type { UndoState } from '../../editor/undo-keys.ts'
import { Autosave, type Edit, type Outgoing } from './autosave.ts'
import { runAutosave, type AutosaveRunner } from './autosave-runner.ts'
import { JoinedEdits } from './joined-edits.ts'
import { newsOf } from './newer-version.ts'
import { plainText } from './plain-text.ts'
import { publishSaveView, saveViewNow } from './save-view.ts'
import { sendChange } from './send-change.ts'
import { showPlace } from './show-place.ts'
import { placeOfChange, runOf } from './undo/field-steps.ts'
import { placeOnScreen, storyHands } from './undo/story-hands.ts'
import { UndoLine, type UndoHands } from './undo/undo-line.ts'

/** What the editor shows. A new object means that the text was replaced from outside and the editor starts afresh. */
export interface BodyOnScreen {
  readonly generation: number
  readonly body: StoredBody
}

/**
 * A story being worked on: what is on screen, what the core has acknowledged, and the way from one to the other. Lives
 * outside React, so that a key costs no render, and outlives its view until every word is on disk.
 */
export class StorySession implements OpenStory {
  readonly id: string
  /** Unique to this session: a story that is closed and reopened gets a new one, and with it a new view. */
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
  /** How many views are showing it. */
  users = 0
  /** Set by the editor for as long as it exists. */
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
   * What is on screen, updated by the same patches that are sent, so that it is available at any moment, whatever
   * fails.
   */
  #local: BlockSequence
  /** What the core has acknowledged. */
  #stored: { fields: StoryFields; body: BlockSequence }
  #resolving = false
  /** The newest revision announced since the story was last fetched. */
  #newest = 0
  readonly #joined = new JoinedEdits()
  readonly #line: UndoLine
  readonly #stops: (() => void)[] = []

  /** `heights`: how many steps can be undone and redone at present; see `stories.undoHeights`. */
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
        // The reply to our own save is on its way and says the same.
        if (by === api.connectionId && (this.#runner.underWay || summary.revision === ours)) return
        if (summary.revision > ours) {
          this.#newest = Math.max(this.#newest, summary.revision)
          void this.#catchUp()
        }
        // Publishing marks a story live without making a new revision.
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
    // Times are not part of the copy: undoing text never changes when a story may be or was published.
    const names = Object.keys(changed).filter((name) => name !== 'times')
    if (names.length > 0) {
      const back = Object.fromEntries(names.map((name) => [name, old[name]])) as FieldsPatch
      this.#line.record({
        fields: back,
        run: isStep ? null : runOf(back, changed),
        place: () => placeOfChange(back, changed) ?? placeOnScreen(this.editor)
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

  /** Everything that `work` changes is one undo step, and is saved together. */
  asOneStep(work: () => void): void {
    if (this.#joined.isOpen) return work()
    this.#joined.begin()
    try {
      this.#line.asOneStep(work)
    } finally {
      this.#sendTogether()
    }
  }

  /** An input method starts composing, anywhere on the page. */
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

  /** Saves everything on screen, including the rest of a paste that is still being inserted. */
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
    return plainText(this.fields.get(), this.body())
  }

  /** Replaces what is on screen with the newer version. Ours is first saved as a story of its own. */
  async loadNewer(nameOfOurs: (headline: string) => string): Promise<void> {
    await this.saveAsNew(nameOfOurs)
  }

  /** The same; returns the id of ours. */
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
    return storyHands(this.#api, {
      id: this.id,
      editor: () => this.editor,
      local: () => this.#local,
      fields: () => this.fields.get(),
      revision: () => this.#runner.revision.get(),
      setFields: (fields) => this.setFields(fields),
      beginStep: () => this.#joined.begin(),
      endStep: () => this.#sendTogether()
    })
  }

  #edit(edit: Edit): void {
    if (this.#joined.isOpen) this.#joined.add(edit)
    else this.#runner.edit(edit)
  }

  /** A step is complete, here and in the undo line: everything it changed is saved together. */
  #sendTogether(): void {
    const edit = this.#joined.end()
    if (edit) this.#runner.edit(edit)
  }

  #acknowledge({ change }: Outgoing, saved: Saved): void {
    if (change.kind === 'fields') this.#stored.fields = { ...this.#stored.fields, ...change.fields } as StoryFields
    if (change.kind === 'body') this.#stored.body.apply(change.patch)
    this.status.set(saved.status)
  }

  /**
   * Somebody else saved, or the connection was lost for a while. If nothing of ours is unsaved, the newest version is
   * simply shown.
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
      // If the core made the change, it may have recorded an undo step for it.
      const heights = await stories.undoHeights({ id: this.id }).catch(() => null)
      this.editor?.finishPaste()
      if (latest.revision > this.#runner.revision.get() && this.#runner.settled && !this.#rebase(latest)) {
        this.#replace(latest)
        if (heights?.revision === latest.revision) this.#line.begin(heights)
      }
    } catch {
      // The next save will fail in the same way, and report it.
    } finally {
      this.#resolving = false
    }
    // A newer revision was announced meanwhile.
    if (this.#newest > seen) await this.#catchUp()
  }

  /**
   * The core refused a stale change. If the newer version changed nothing that we changed, ours is applied on top of
   * it; otherwise a person decides.
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

  /** Applies ours on top of `latest`; returns false if that is not possible. */
  #rebase(latest: Story): boolean {
    const ours = this.fields.get()
    const { fields, body } = this.#stored
    const news = newsOf(latest, { fields, body: body.toBody() }, ours)
    if (!news) return false
    this.#stored.fields = latest.fields
    // Undo never touches the times; if any other field changed, the steps belong to another text.
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

  #viewNow(): SaveView {
    return saveViewNow(this.#runner.view.get(), this.#api.link.get() === 'connected')
  }

  #publishView(): void {
    publishSaveView(this.save, this.#viewNow())
  }
}
