const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' })

/** An instant as this machine's clock shows it. */
export function moment(utc: string): string {
  return format.format(new Date(utc))
}
