export const FUSES: Readonly<Record<string, boolean>>
export const PAGES: readonly string[]
export function missingKeys(platform: string, env: Readonly<Record<string, string | undefined>>): readonly string[]
export function packagingConfig(options: {
  readonly platform: string
  readonly arch: string
  readonly made: string
  readonly output: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly electronVersion: string
  readonly electronDist: string | null
  readonly inspectable: boolean
}): Record<string, unknown>
/** `missing`: what the environment does not name. */
export function publisher(env: Readonly<Record<string, string | undefined>>): {
  maintainer: string
  homepage: string
  missing: string[]
}
