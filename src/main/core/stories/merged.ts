import { sameJson } from '../../../shared/lib/same-json.ts'
import { diffOrder } from '../../../shared/document/diff/order-diff.ts'
import type { Block, StoredBody } from '../../../shared/document/document.ts'
import { BlockSequence, type BodyPatch, type PatchOperation } from '../../../shared/document/patch.ts'
import { statusAfterEdit } from '../../../shared/story/status.ts'
import type { Copy } from '../../../shared/story/merge.ts'
import type { Story } from '../../../shared/story/story.ts'
import type { UndoStep } from '../../../shared/story/undo.ts'
import { clearJournal, putContent, putRevision } from '../store/contents.ts'
import type { OpenStories } from './open-stories.ts'
import { OpenStory } from './open-story.ts'
import type { Resting } from './resting.ts'
import { storedText } from './stored-story.ts'
import { addUndoStep, stepBack } from './undo.ts'

/**
 * Replaces our version with the result of a merge: ours and theirs are first kept as versions, and one undo step
 * reverts it. Theirs gets a revision of its own that nobody sees on the desk. One transaction; returns the story.
 */
export function putMerged(
  stories: OpenStories,
  resting: Resting,
  open: OpenStory,
  { theirs, made, savedAt }: { readonly theirs: Copy; readonly made: Copy; readonly savedAt: string }
): OpenStory {
  const before = open.toStory()
  const status = statusAfterEdit(before.status)
  const { times } = before.fields
  const there: Story = {
    ...before,
    status,
    fields: { ...theirs.fields, times },
    body: theirs.body,
    revision: before.revision + 1,
    changedAt: savedAt
  }
  const { fields } = made
  const after = new OpenStory(open.seq, {
    ...before,
    status,
    fields,
    body: made.body,
    revision: before.revision + 2,
    changedAt: savedAt
  })
  const step = wayBack(before, { fields, body: made.body })
  stories.rows.write('merge', after, (db) => {
    putRevision(db, open.seq, { ...resting.version(before, 'before-merge'), savedAt })
    putRevision(db, open.seq, resting.version(there, 'from-cms'))
    putContent(db, open.seq, { revision: after.revision, ...storedText(after.toStory()), lastChangeId: null })
    clearJournal(db, open.seq, after.revision)
    addUndoStep(db, open.seq, { from: before.revision, to: after.revision, step })
    putRevision(db, open.seq, resting.version(after.toStory(), 'merged'))
  })
  stories.keep(after)
  return after
}

function wayBack(before: Story, made: Copy): UndoStep {
  const names = Object.keys(made.fields).filter((name) => !sameJson(made.fields[name], before.fields[name]))
  const changed = Object.fromEntries(names.map((name) => [name, made.fields[name]]))
  const step = stepBack(before.fields, { fields: changed })
  const patch = patchTo(made.body, before.body)
  return { ...step, ...(patch.length > 0 && { body: patch }) }
}

/** The patch that turns the first body into the second. */
export function patchTo(from: StoredBody, to: StoredBody): BodyPatch {
  const old = new Map(from.blocks.map((block) => [block.id, block]))
  const wanted = new Map(to.blocks.map((block) => [block.id, block]))
  const { removed, placed } = diffOrder([...old.keys()], [...wanted.keys()])
  const patch: PatchOperation[] = removed.map((id) => ({ op: 'remove', id }))
  for (const { id, after, isNew } of placed)
    patch.push(isNew ? { op: 'insert', after, block: blockOf(wanted, id) } : { op: 'move', id, after })
  for (const [id, block] of wanted) {
    const known = old.get(id)
    if (known && !sameJson(known, block)) patch.push({ op: 'replace', block })
  }
  // If the patch does not fit, it throws here rather than when somebody undoes the merge.
  new BlockSequence(from).apply(patch)
  return patch
}

function blockOf(blocks: ReadonlyMap<string, Block>, id: string): Block {
  const block = blocks.get(id)
  if (!block) throw new Error('A block that is placed is not there')
  return block
}
