import { z } from 'zod'
import { Place } from './place.ts'
import { BodyPatch } from '../document/patch.ts'
import { FieldsPatch } from './fields.ts'

/**
 * How much of a story's undo history is kept: this many steps, and this many characters in all. The oldest go first.
 */
export const UNDO_STEPS = 200
export const UNDO_SIZE = 1_000_000

/**
 * One undo step, or once undone one redo step: the body and fields as they were, and where the caret was. It fits only
 * the text at which it is on top of its stack.
 */
export const UndoStep = z.object({
  body: BodyPatch.optional(),
  fields: FieldsPatch.optional(),
  place: Place.nullable()
})
export type UndoStep = z.infer<typeof UndoStep>

/** What a change does to one of the two stacks: the lowest `keep` steps stay, and `add` is put on top of them. */
export const StackChange = z.object({ keep: z.int().min(0), add: z.array(UndoStep) })
export type StackChange = z.infer<typeof StackChange>

/** Sent with the change it belongs to, and stored with it or not at all. */
export const UndoChange = z.object({ past: StackChange, future: StackChange })
export type UndoChange = z.infer<typeof UndoChange>

/** The heights of the two stacks for a story at a revision. Cheap: reads no step. */
export const UndoHeights = z.object({ revision: z.int(), past: z.int().min(0), future: z.int().min(0) })
export type UndoHeights = z.infer<typeof UndoHeights>

/** The steps of one stack, oldest first; the last is at `height`, and those below the first are gone. */
export const UndoStack = z.object({ height: z.int().min(0), steps: z.array(UndoStep) })
export type UndoStack = z.infer<typeof UndoStack>

export const UndoSteps = z.object({ revision: z.int(), past: UndoStack, future: UndoStack })
export type UndoSteps = z.infer<typeof UndoSteps>
