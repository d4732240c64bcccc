import type { Plugin } from 'vite'

export interface Notice {
  readonly name: string
  readonly version: string
  readonly licence: string
  readonly text: string
}
export const ACCEPTED: ReadonlySet<string>
export function thirdParty(root: string): { readonly notices: readonly Notice[]; readonly problems: readonly string[] }
export function licencesFile(root: string): Plugin
