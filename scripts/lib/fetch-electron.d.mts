export const refusals: string
export function electronPackage(): string
export function shouldFetch(facts: {
  readonly has: boolean
  readonly windowed: boolean
  readonly browser: boolean
  readonly asked: boolean
  readonly env: Readonly<Record<string, string | undefined>>
  readonly version: string
  readonly file?: string
}): boolean
export function fetchElectron(options?: {
  readonly folder?: string
  readonly mirror?: string
  readonly platform?: string
  readonly arch?: string
  readonly silence?: number
  readonly file?: string
  readonly tell?: (percent: number) => void
  readonly extract?: (zip: string, folder: string) => Promise<unknown>
}): Promise<string | null>
