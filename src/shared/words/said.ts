/** A parameter that is itself a message. It is put into words first, so that a sentence receives text. */
export type Said = string & { readonly said: unique symbol }
