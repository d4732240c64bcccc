/** How often something was tried, how often it held, and what was seen when it did not. */
export class Count {
  readonly name: string
  tried = 0
  held = 0
  readonly notes = new Map<string, number>()
  /** How many tries there were at each part of it. */
  readonly parts = new Map<string, number>()
  readonly started = performance.now()

  constructor(name: string) {
    this.name = name
  }

  say(held: boolean, otherwise: string): void {
    this.tried += 1
    if (held) this.held += 1
    else this.note(otherwise)
  }

  note(what: string, times = 1): void {
    this.notes.set(what, (this.notes.get(what) ?? 0) + times)
  }

  get isGood(): boolean {
    return this.held === this.tried && this.tried > 0 && !this.notes.has('false alarms') && !this.notes.has('silent')
  }

  line(): string {
    const notes = [...this.notes].map(([what, times]) => `${what} ${times}`).join(', ')
    const seconds = Math.round((performance.now() - this.started) / 1000)
    const parts = [...this.parts].map(([part, times]) => `${part} ${times}`).join(', ')
    return `${this.isGood ? 'held' : 'FAILED'}  ${this.name}: ${this.held} of ${this.tried}${notes ? ` (${notes})` : ''}, ${seconds} s${parts ? `\n      ${parts}` : ''}`
  }
}
