export interface Area {
  readonly name: string
  readonly files: RegExp
  readonly may: readonly string[]
  readonly packages: readonly string[]
  readonly doors?: readonly string[]
}
export const areas: readonly Area[]
export function areaOf(file: string): Area | undefined
export function wallBetween(from: string, to: string): string | null
export function wallToPackage(from: string, name: string): string | null
