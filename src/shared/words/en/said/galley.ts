import { grammar } from '../../grammar.ts'

const { number } = grammar('en-GB')

/** Messages that any call can return. */
export const galley = {
  bug: {
    text: 'Something went wrong inside Galley. Your text is safe.',
    next: 'Try again. If it happens again, restart Galley.'
  },
  notARequest: 'That is not a request of Galley.',
  unknownCall: 'This version of Galley does not know that request.',
  readOnly: {
    text: 'This library is open for reading only.',
    next: 'Close the other Galley window that has it open, or make its folder writable, then try again.'
  },
  invalidRequest: 'That request is not valid.',
  tooLong: {
    text: ({ max }: { readonly max: number }) => `That is too long: there is room for ${number(max)} characters.`,
    next: 'Shorten it, then try again.'
  },
  stopped: 'Stopped.'
} as const
