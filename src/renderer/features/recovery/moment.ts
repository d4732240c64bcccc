const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' })

const exact = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' })

/** How two instants are shown so that they can be told apart: to the second where the minute is the same. */
export function apart(one: string, other: string | undefined): (utc: string) => string {
  return other !== undefined && moment(one) === moment(other) ? (utc) => exact.format(new Date(utc)) : moment
}

/** An instant as this machine's clock shows it. */
export function moment(utc: string): string {
  return format.format(new Date(utc))
}
