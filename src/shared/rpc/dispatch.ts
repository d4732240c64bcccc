import type { z } from 'zod'
import type { CallContext, CallDefinition, ContractDefinition, Handlers } from './define.ts'
import { GalleyError, toWireError } from './errors.ts'
import { say, type Message } from '../words/message.ts'
import type { Reply, Request } from './wire.ts'

export interface Dispatcher {
  /**
   * Always returns a reply: a bad call, a bug in a handler or an output that does not fit the contract become errors.
   */
  dispatch(request: Request, context: CallContext): Promise<Reply>
}

export interface DispatchOptions {
  /** Called with whatever was thrown that is not an expected failure. */
  onBug(call: string, thrown: unknown): void
  /** True while nothing may be written. */
  isReadOnly(): boolean
  /**
   * Also hold what handlers return against the contract. On in every test; off in use, where opening a long story would
   * pay for it.
   */
  readonly checkOutputs: boolean
}

type AnyHandler = (input: unknown, context: CallContext) => unknown

export function createDispatcher<C extends ContractDefinition>(
  contract: C,
  handlers: Handlers<C>,
  options: DispatchOptions
): Dispatcher {
  const table = new Map<string, { definition: CallDefinition; handler: AnyHandler }>()
  for (const [group, calls] of Object.entries(contract.calls)) {
    for (const [name, definition] of Object.entries(calls)) {
      const handler = (handlers as Record<string, Record<string, AnyHandler>>)[group]?.[name]
      if (handler) table.set(`${group}.${name}`, { definition, handler })
    }
  }

  async function answer(request: Request, context: CallContext): Promise<unknown> {
    const entry = table.get(request.call)
    if (!entry)
      throw new GalleyError('invalid_input', say('galley.unknownCall'), {
        detail: { call: request.call.slice(0, 100) }
      })
    if (entry.definition.kind === 'write' && options.isReadOnly()) {
      throw new GalleyError('read_only', say('galley.readOnly'))
    }
    const input = entry.definition.input.safeParse(request.input)
    if (!input.success) {
      const issue = input.error.issues[0]
      throw new GalleyError('invalid_input', messageFor(issue), {
        detail: { call: request.call, path: (issue?.path ?? []).map(String).join('.'), why: issue?.message ?? '' }
      })
    }
    const output = await entry.handler(input.data, context)
    return options.checkOutputs ? entry.definition.output.parse(output) : output
  }

  return {
    async dispatch(request, context) {
      try {
        return { id: request.id, ok: true, output: await answer(request, context) }
      } catch (thrown) {
        if (!(thrown instanceof GalleyError)) options.onBug(request.call, thrown)
        return { id: request.id, ok: false, error: toWireError(thrown) }
      }
    }
  }
}

/** What somebody who typed it can do about is said in words. */
function messageFor(issue: z.core.$ZodIssue | undefined): Message {
  return issue?.code === 'too_big' && issue.origin === 'string'
    ? say('galley.tooLong', { max: Number(issue.maximum) })
    : say('galley.invalidRequest')
}
