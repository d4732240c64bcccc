const numbers = new Intl.NumberFormat('en-GB')

/** 1 story, 12,480 stories. */
export function plural(n: number, one: string, many: string): string {
  return `${numbers.format(n)} ${n === 1 ? one : many}`
}
