import { readFileSync } from 'node:fs'
import type { IntakeReview, LineRole } from '../../../src/shared/contract/intake.ts'
import { run } from '../../../src/shared/intake/read-page.ts'
import { readIntake, type IntakeOptions } from '../../../src/main/core/intake/read-intake.ts'

export const NOW = Date.UTC(2026, 0, 5, 9, 30)

export function review(
  text: string | Uint8Array,
  options: Partial<IntakeOptions> & { name?: string; type?: string } = {}
): IntakeReview {
  const { name = 'page.txt', type, ...more } = options
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text
  return run(readIntake({ name, bytes, type }, { zone: 'Asia/Dubai', language: 'en', now: NOW, ...more }))
}

export function reviewFile(file: string, options: Partial<IntakeOptions> = {}): IntakeReview {
  return review(new Uint8Array(readFileSync(new URL(`../../../resources/samples/pages/${file}`, import.meta.url))), {
    name: file,
    ...options
  })
}

/** The lines of a role, trimmed. */
export function lines(found: IntakeReview, role: LineRole): string[] {
  return found.lines.filter((line) => line.role === role).map((line) => line.text.trim())
}

/** Each block as "type: words". */
export function body(found: IntakeReview): string[] {
  return found.body.blocks.map((block) => {
    if (block.type === 'list' && 'items' in block && Array.isArray(block.items))
      return `list: ${(block.items as { runs: { text: string }[] }[]).map(({ runs }) => runs.map(({ text }) => text).join('')).join(' | ')}`
    if (block.type === 'table' && 'rows' in block && Array.isArray(block.rows))
      return `table: ${(block.rows as { cells: { runs: { text: string }[] }[] }[]).map(({ cells }) => cells.map(({ runs }) => runs.map(({ text }) => text).join('')).join(' | ')).join(' / ')}`
    if (block.type === 'image' && 'image' in block) return `image: ${JSON.stringify(block.image)}`
    return `${block.type}: ${'runs' in block && Array.isArray(block.runs) ? (block.runs as { text: string }[]).map(({ text }) => text).join('') : ''}`
  })
}

/** The instant as "UTC zone" for short comparisons. */
export function instants(found: IntakeReview): (string | null)[] {
  const times = found.fields.times
  return [times?.firstPublished, times?.lastUpdated].map((instant) =>
    instant ? `${instant.utc} ${instant.zone}` : null
  )
}

export function codes(found: IntakeReview): string[] {
  return found.warnings.map(({ code }) => code)
}
