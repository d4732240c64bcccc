import type { IntakeFile } from '../../api/slots.tsx'
import { createStore } from '../../api/store.ts'

/** Pages waiting for their review, the one on the sheet first. */
export const intakeQueue = createStore<readonly IntakeFile[]>([])

export function takeIn(files: readonly IntakeFile[]): void {
  intakeQueue.set([...intakeQueue.get(), ...files])
}

/** Leaves the first one. */
export function dropFirst(): void {
  intakeQueue.set(intakeQueue.get().slice(1))
}
