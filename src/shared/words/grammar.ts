/** The forms a counted phrase takes in a language; `#` is where the number goes. */
export type PluralForms = { readonly other: string } & Readonly<Partial<Record<Intl.LDMLPluralRule, string>>>

export interface Grammar {
  /** 12,480 in the language's own figures. */
  number(value: number): string
  /** `plural(2, { one: '# story', other: '# stories' })`: the form that the language's rules choose for the number. */
  plural(value: number, forms: PluralForms): string
  /** One, two and three. */
  list(items: readonly string[]): string
  /** A stretch of time, given in milliseconds of either sign, in the unit that says it best: 4 minutes, 3 hours, 12 days, 3 years. */
  span(ms: number): string
  /** A stretch of time, in milliseconds, in its two largest units: 2 hrs 10 mins, 3 days, 4 mins. */
  stretch(ms: number): string
  /** 812 kB, 40 MB, 12 GB: decimal units, at most one digit after the point. */
  bytes(value: number): string
}

/** What the language of a locale does with numbers and lists. `locale` is a BCP 47 tag. */
export function grammar(locale: string): Grammar {
  const rules = new Intl.PluralRules(locale)
  const numbers = new Intl.NumberFormat(locale)
  const lists = new Intl.ListFormat(locale, { type: 'conjunction' })
  return {
    number: (value) => numbers.format(value),
    plural: (value, forms) => (forms[rules.select(value)] ?? forms.other).replace('#', () => numbers.format(value)),
    span(ms) {
      const seconds = Math.abs(ms) / 1000
      const [size, unit] = SPANS.find(([least]) => seconds >= 2 * least) ?? [1, 'second']
      return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(
        Math.round(seconds / size)
      )
    },
    stretch(ms) {
      const minutes = Math.max(0, Math.round(ms / 60_000))
      const parts = [
        ['day', Math.floor(minutes / 1440)],
        ['hour', Math.floor((minutes % 1440) / 60)],
        ['minute', minutes % 60]
      ] as const
      const first = parts.findIndex(([, n]) => n > 0)
      return parts
        .slice(first, first + 2)
        .filter(([, n]) => n > 0)
        .map(([unit, n]) => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(n))
        .join(' ')
    },
    list: (items) => lists.format(items),
    bytes(value) {
      const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, value)) / 3)))
      const unit = units[power] ?? 'byte'
      return new Intl.NumberFormat(locale, {
        style: 'unit',
        unit,
        unitDisplay: power === 0 ? 'long' : 'short',
        maximumFractionDigits: value / 1000 ** power < 10 ? 1 : 0
      }).format(value / 1000 ** power)
    }
  }
}

/** Seconds; each is used from twice its length. */
const SPANS = [
  [365.25 * 86_400, 'year'],
  [30.4375 * 86_400, 'month'],
  [86_400, 'day'],
  [3_600, 'hour'],
  [60, 'minute']
] as const
const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const
