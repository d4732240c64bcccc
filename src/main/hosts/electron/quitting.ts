import { app, BrowserWindow, dialog } from 'electron'
import type { OutboxItem } from '../../../shared/contract/outbox.ts'
import { deliveryHourAhead } from '../../../shared/story/delivery-hour.ts'
import type { Language } from '../../../shared/words/language.ts'
import { moments } from '../../../shared/words/moments.ts'
import type { Core } from '../../core/core.ts'
import { anonymousId } from '../sessions.ts'

/** States from which a delivery leaves by itself, but only while this process runs. */
const LEAVES: ReadonlySet<OutboxItem['state']> = new Set(['waiting', 'scheduled', 'sending'])

export interface QuitQuestion {
  readonly message: string
  readonly detail: string
}

/**
 * What to ask before Galley quits; null if nothing is waiting that would leave by itself. `now` in milliseconds UTC:
 * what is due already leaves at no hour.
 */
export function quitQuestion(
  items: readonly OutboxItem[],
  { quitting }: Language['menu'],
  locale: string,
  now: number
): QuitQuestion | null {
  const waiting = items.filter(({ state }) => LEAVES.has(state))
  const [first] = waiting
    .flatMap((item) => {
      // What the site gets beforehand leaves before its hour.
      const hour = item.state === 'scheduled' ? deliveryHourAhead(item, now) : null
      return hour ? [{ ...hour, headline: item.headline, targetName: item.targetName }] : []
    })
    .toSorted((a, b) => Date.parse(a.utc) - Date.parse(b.utc))
  if (waiting.length === 0) return null
  const next = first
    ? quitting.next(first.headline, first.targetName, moments(locale).moment(first.utc, first.zone))
    : null
  return {
    message: quitting.message(waiting.length),
    detail: [...(next ? [next] : []), quitting.detail].join('\n\n')
  }
}

interface QuittingOptions {
  readonly core: Core
  readonly language: Language
  readonly log: (line: string) => void
}

/**
 * Handles quitting while something is waiting to leave: says so and offers to stay without a window. Once everything
 * has left, Galley quits by itself. The end of the system's session is never held up.
 */
export class Quitting {
  readonly #options: QuittingOptions
  /** It is decided, or nobody is to be asked: quit. */
  #isDecided = false
  #isAsking = false
  #inBackground = false

  constructor(options: QuittingOptions) {
    this.#options = options
    options.core.subscribe(({ event }) => {
      if (event === 'outboxChanged' && this.#inBackground) void this.#endWhenAllHasLeft()
    })
  }

  /** The system ends the session, or the process is told to quit: nobody is there to be asked. */
  force(): void {
    this.#isDecided = true
  }

  /** True if having no window means only that Galley is in the background. */
  get staysWithoutWindow(): boolean {
    return this.#inBackground
  }

  /** The last window has closed while Galley stays; what it stayed for may have left meanwhile. */
  windowsAreGone(): void {
    void this.#endWhenAllHasLeft()
  }

  /** A window is shown again, so closing it asks again. */
  comeBack(): void {
    this.#inBackground = false
  }

  /**
   * True if quitting may proceed now; false if a person is asked first, and quitting then follows by itself if chosen.
   */
  mayEnd(): boolean {
    if (this.#isDecided) return true
    if (!this.#isAsking) {
      this.#isAsking = true
      void this.#ask()
        .catch((error: unknown) => {
          this.#options.log(`asking before the end failed: ${error instanceof Error ? error.name : 'unknown'}`)
          this.#end()
        })
        .finally(() => {
          this.#isAsking = false
        })
    }
    return false
  }

  async #ask(): Promise<void> {
    const { language } = this.#options
    const question = quitQuestion(await this.#open(), language.menu, language.locale, Date.now())
    if (!question) return this.#end()
    const { stay, quit, cancel } = language.menu.quitting
    const [window] = BrowserWindow.getAllWindows()
    const options = { type: 'question' as const, ...question, buttons: [stay, quit, cancel], defaultId: 0, cancelId: 2 }
    const { response } = await (window ? dialog.showMessageBox(window, options) : dialog.showMessageBox(options))
    if (response === 1) return this.#end()
    // Without a window, cancelling can only mean staying in the background.
    if (response === 2 && window) return
    this.#inBackground = true
    for (const each of BrowserWindow.getAllWindows()) each.close()
    await this.#endWhenAllHasLeft()
  }

  async #endWhenAllHasLeft(): Promise<void> {
    const waits = (await this.#open()).some(({ state }) => LEAVES.has(state))
    if (this.#inBackground && !waits && BrowserWindow.getAllWindows().length === 0) this.#end()
  }

  #end(): void {
    this.#isDecided = true
    app.quit()
  }

  async #open(): Promise<readonly OutboxItem[]> {
    const reply = await this.#options.core.dispatch(
      { id: 0, call: 'publishing.outbox', input: { brief: true } },
      { connectionId: anonymousId(), signal: new AbortController().signal }
    )
    return reply.ok ? (reply.output as readonly OutboxItem[]) : []
  }
}
