import type { z } from 'zod'

/** One call of the contract. `write` calls are refused while the library is open read-only. */
export interface CallDefinition<In extends z.ZodType = z.ZodType, Out extends z.ZodType = z.ZodType> {
  readonly kind: 'read' | 'write'
  readonly input: In
  readonly output: Out
}

export interface ContractDefinition {
  readonly calls: Readonly<Record<string, Readonly<Record<string, CallDefinition>>>>
  readonly events: Readonly<Record<string, z.ZodType>>
}

export function read<In extends z.ZodType, Out extends z.ZodType>(input: In, output: Out): CallDefinition<In, Out> {
  return { kind: 'read', input, output }
}

export function write<In extends z.ZodType, Out extends z.ZodType>(input: In, output: Out): CallDefinition<In, Out> {
  return { kind: 'write', input, output }
}

/** Where a call comes from and how it can be stopped. */
export interface CallContext {
  /** The connection (window, socket, command line) that asks. */
  readonly connectionId: string
  /** Aborted when the connection goes away or the caller cancels. */
  readonly signal: AbortSignal
}

type Calls<C extends ContractDefinition> = C['calls']

/** What the renderer and the command line hold: one typed method per call. */
export type Client<C extends ContractDefinition> = {
  readonly [G in keyof Calls<C>]: {
    readonly [M in keyof Calls<C>[G]]: (
      input: z.input<Calls<C>[G][M]['input']>,
      signal?: AbortSignal
    ) => Promise<z.output<Calls<C>[G][M]['output']>>
  }
}

/** What the core must supply: a call without a handler does not compile. */
export type Handlers<C extends ContractDefinition> = {
  readonly [G in keyof Calls<C>]: GroupHandlers<C, G>
}
export type GroupHandlers<C extends ContractDefinition, G extends keyof Calls<C>> = {
  readonly [M in keyof Calls<C>[G]]: (
    input: z.output<Calls<C>[G][M]['input']>,
    context: CallContext
  ) => z.input<Calls<C>[G][M]['output']> | Promise<z.input<Calls<C>[G][M]['output']>>
}

export type EventName<C extends ContractDefinition> = keyof C['events'] & string
export type EventData<C extends ContractDefinition, E extends EventName<C>> = z.output<C['events'][E]>
