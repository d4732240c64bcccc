export const root: string
export const out: string
export function dataFolder(): string
export function findNode(): string | null
export function requireNode(): string
export function electronBinary(): string | null
export function hasDisplay(): boolean
