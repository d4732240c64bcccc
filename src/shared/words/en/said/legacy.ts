/** Sentences that an older Galley stored as they were shown; they are kept and shown in the language they are in. */
export const legacy = {
  sentence: {
    text: ({ text }: { readonly text: string; readonly next?: string }) => text,
    next: ({ next }: { readonly text: string; readonly next?: string }) => next ?? ''
  }
} as const
