import { z } from 'zod'
import { Place } from './place.ts'
import { BodyPatch } from '../document/patch.ts'
import { FieldsPatch } from './fields.ts'

/** How much of a story's way back is kept: so many steps, and so many characters of them. The oldest go first. */
export const UNDO_STEPS = 200
export const UNDO_SIZE = 1_000_000

/**
 * One step back, or once it is undone one step on: the body and the fields as they were, and where the caret was. It
 * fits the story as it stands on top of its stack, and no other.
 */
export const UndoStep = z.object({
  body: BodyPatch.optional(),
  fields: FieldsPatch.optional(),
  place: Place.nullable()
})
export type UndoStep = z.infer<typeof UndoStep>

/**
 * What a change does to one of the two stacks: of the steps that are kept the lowest `keep` stay, and `add` is put on top
 * of them.
 */
export const StackChange = z.object({ keep: z.int().min(0), add: z.array(UndoStep) })
export type StackChange = z.infer<typeof StackChange>

/** Travels with the change it belongs to, and is on disk with it or not at all. */
export const UndoChange = z.object({ past: StackChange, future: StackChange })
export type UndoChange = z.infer<typeof UndoChange>

/** How high the two stacks are that belong to the story at a revision. Cheap: no step is read. */
export const UndoHeights = z.object({ revision: z.int(), past: z.int().min(0), future: z.int().min(0) })
export type UndoHeights = z.infer<typeof UndoHeights>

/** Steps of one stack, the oldest first; the last is at `height`, and what is under the first is gone. */
export const UndoStack = z.object({ height: z.int().min(0), steps: z.array(UndoStep) })
export type UndoStack = z.infer<typeof UndoStack>

export const UndoSteps = z.object({ revision: z.int(), past: UndoStack, future: UndoStack })
export type UndoSteps = z.infer<typeof UndoSteps>
