import { createContext, useContext, type ReactNode } from 'react'
import { en } from '../../shared/words/en/window.ts'

type Widen<T> = T extends string
  ? string
  : T extends (...args: infer A) => string
    ? (...args: A) => string
    : { readonly [K in keyof T]: Widen<T[K]> }

/** Every visible word of the desk. Another language is another object of this shape. */
export type Strings = Widen<typeof en>

const Context = createContext<Strings>(en)

export function StringsProvider({ strings, children }: { readonly strings: Strings; readonly children: ReactNode }) {
  return <Context value={strings}>{children}</Context>
}

export function useStrings(): Strings {
  return useContext(Context)
}
