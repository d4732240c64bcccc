/** A story on paper, for reading with a pencil. */
export const proof = {
  command: 'Print a proof…',
  embargo: (when: string) => `EMBARGOED UNTIL ${when}`,
  proof: 'Proof',
  printed: (when: string) => `Printed ${when}`
} as const
