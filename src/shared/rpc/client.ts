import type { Client, ContractDefinition, EventData, EventName } from './define.ts'
import { GalleyError } from './errors.ts'
import type { Push, Reply, Request } from './wire.ts'

/** What a host supplies: a way to ask and a way to be told. */
export interface Transport {
  /** Resolves with the reply; rejects with a GalleyError `unreachable` when the connection is gone for good. */
  request(request: Omit<Request, 'id'>, signal?: AbortSignal): Promise<Omit<Reply, 'id'>>
  onPush(listener: (push: Push) => void): () => void
}

export interface Connection<C extends ContractDefinition> {
  readonly call: Client<C>
  on<E extends EventName<C>>(event: E, listener: (data: EventData<C, E>) => void): () => void
}

/**
 * A typed client over any transport. Replies are trusted: the dispatcher validated them on the other side of the same
 * build.
 */
export function createClient<C extends ContractDefinition>(contract: C, transport: Transport): Connection<C> {
  const call = Object.fromEntries(
    Object.entries(contract.calls).map(([group, calls]) => [
      group,
      Object.fromEntries(
        Object.keys(calls).map((name) => [
          name,
          async (input: unknown, signal?: AbortSignal): Promise<unknown> => {
            const reply = (await transport.request({ call: `${group}.${name}`, input }, signal)) as Reply
            if (reply.ok) return reply.output
            throw GalleyError.fromWire(reply.error)
          }
        ])
      )
    ])
  ) as Client<C>
  return {
    call,
    on: (event, listener) =>
      transport.onPush((push) => {
        if (push.event === event) listener(push.data as EventData<C, typeof event>)
      })
  }
}
