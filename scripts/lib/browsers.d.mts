export function findBrowser(
  env?: Readonly<Record<string, string | undefined>>,
  platform?: string,
  exists?: (path: string) => boolean
): string | null
export function findHeadlessShell(
  env?: Readonly<Record<string, string | undefined>>,
  platform?: string,
  exists?: (path: string) => boolean
): string | null
export function isSnap(path: string): boolean
export function howToInstall(platform?: string): string
export const quietSwitches: readonly string[]
export const engineSwitches: readonly string[]
