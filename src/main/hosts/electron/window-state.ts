import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

const State = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().min(400).max(20_000),
  height: z.int().min(300).max(20_000),
  maximized: z.boolean()
})
export type WindowState = z.infer<typeof State>

/**
 * How the window was left; null at the first start, for an unreadable file, or if no screen shows that place any more.
 */
export function readWindowState(file: string, screens: readonly Box[]): WindowState | null {
  try {
    const state = State.parse(JSON.parse(readFileSync(file, 'utf8')))
    // The title bar must be within reach of the mouse.
    const shown = screens.some(
      (screen) =>
        state.x + state.width > screen.x + 100 &&
        state.x < screen.x + screen.width - 100 &&
        state.y >= screen.y &&
        state.y < screen.y + screen.height - 50
    )
    return shown ? state : null
  } catch {
    return null
  }
}

/** Remembers how the window was left. A failure is not worth an error. */
export function writeWindowState(file: string, state: WindowState): void {
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(`${file}.tmp`, JSON.stringify(state))
    renameSync(`${file}.tmp`, file)
  } catch {
    // The next start opens at the default size.
  }
}
