import type { RecoveryNotice } from '../../../shared/contract/recovery.ts'

/**
 * A bug as a line for the log: its kind, its code and where it happened. Engines quote what they could not read, which
 * may be copy: whatever is in quotation marks is left out.
 */
export function bugLine(call: string, thrown: unknown): string {
  if (!(thrown instanceof Error)) return `bug in ${call}: something that is no error was thrown`
  const code = 'code' in thrown && typeof thrown.code === 'string' ? ` ${thrown.code}` : ''
  const frames = (thrown.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  const message = thrown.message.split('\n', 1)[0] ?? ''
  return [`bug in ${call}: ${thrown.name}${code}: ${withoutQuotes(message).slice(0, 300)}`, ...frames].join('\n')
}

/** What was found on opening, without the headlines that the person is shown. */
export function noticeLine(notice: RecoveryNotice): string {
  const { id: _, at: __, lost, kept, ...facts } = notice
  const said = Object.entries(facts).map(([name, value]) => `${name} ${String(value)}`)
  return `on opening: ${[...said, `lost ${lost.length}`, `kept ${kept.join(', ') || 'nothing'}`].join(' · ')}`
}

function withoutQuotes(message: string): string {
  return message.replace(/"[^"]*"|'[^']*'|“[^”]*”|`[^`]*`/g, '…')
}
