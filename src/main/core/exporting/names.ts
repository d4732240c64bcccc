import { readdir } from 'node:fs/promises'
import type { StoryFields } from '../../../shared/story/fields.ts'
import type { ExportFormat } from '../../../shared/contract/exports.ts'
import { numberedStem, safeStem } from '../files/safe-name.ts'
import { formats as formatOf } from './formats.ts'

/** The name of a story's files before any number and extension. */
export function storyStem(fields: Pick<StoryFields, 'headline' | 'slugline' | 'slug'>): string {
  return safeStem([fields.slug, fields.headline, fields.slugline].find((text) => text.trim() !== '') ?? '')
}

/** The folder of a story's pictures, beside its page. */
export function mediaFolderName(stem: string): string {
  return `${stem}-media`
}

/**
 * Names of one run of exports: no two stories share a file, and what lies in the folder already is stepped around when
 * asked.
 */
export class ExportNames {
  readonly #taken: Set<string>
  /**
   * Where to go on counting for headlines that come more than once; without it a thousand equal ones would cost a
   * million looks.
   */
  readonly #next = new Map<string, number>()

  private constructor(taken: Set<string>) {
    this.#taken = taken
  }

  static async in(folder: string, existing: 'rename' | 'replace'): Promise<ExportNames> {
    return new ExportNames(existing === 'rename' ? new Set((await readdir(folder)).map(folded)) : new Set())
  }

  /** A stem under which all the names a story needs are free, and from now on taken. */
  claim(stem: string, formats: readonly ExportFormat[], pictures: boolean): string {
    const key = folded(stem)
    for (let number = this.#next.get(key) ?? 1; ; number += 1) {
      const candidate = numberedStem(stem, number)
      const names = [
        ...formats.map((format) => `${candidate}.${formatOf[format].ending}`),
        ...(pictures ? [mediaFolderName(candidate)] : [])
      ].map(folded)
      if (names.some((name) => this.#taken.has(name))) {
        this.#next.set(key, number + 1)
        continue
      }
      for (const name of names) this.#taken.add(name)
      return candidate
    }
  }
}

/** How the least discerning file systems see a name: upper and lower case, composed and decomposed letters alike. */
function folded(name: string): string {
  return name.normalize('NFC').toUpperCase().toLowerCase()
}
