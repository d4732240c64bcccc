import type { Edit } from './autosave.ts'

/** The edits of one step, collected until the step is complete, so that they are saved together. */
export class JoinedEdits {
  #edit: Edit | null = null

  get isOpen(): boolean {
    return this.#edit !== null
  }

  begin(): void {
    this.#edit ??= {}
  }

  /** Call only while a step is open. */
  add({ fields, body }: Edit): void {
    const sofar = this.#edit
    this.#edit = {
      ...((sofar?.fields ?? fields) && { fields: { ...sofar?.fields, ...fields } }),
      ...((sofar?.body ?? body) && { body: [...(sofar?.body ?? []), ...(body ?? [])] })
    }
  }

  /** The step is complete: returns everything it changed, or null if that is nothing. */
  end(): Edit | null {
    const edit = this.#edit
    this.#edit = null
    return (edit?.fields ?? edit?.body) ? edit : null
  }
}
