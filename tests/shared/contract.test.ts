import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { contract, CONTRACT_VERSION } from '../../src/shared/contract/contract.ts'

/** The contract as JSON Schema; two builds that agree on this understand each other. */
function fingerprint(): string {
  const schema = (type: z.ZodType): unknown => z.toJSONSchema(type, { io: 'input', unrepresentable: 'any' })
  const calls = Object.entries(contract.calls).flatMap(([group, members]) =>
    Object.entries(members).map(([name, call]) => [
      `${group}.${name}`,
      call.kind,
      schema(call.input),
      schema(call.output)
    ])
  )
  const events = Object.entries(contract.events).map(([name, type]) => [name, schema(type)])
  return createHash('sha256')
    .update(JSON.stringify([calls, events]))
    .digest('hex')
    .slice(0, 16)
}

it('the contract changes only on purpose', () => {
  // When this fails: was the change meant? Then set the new value, and raise CONTRACT_VERSION if an older window or
  // command line would not survive it.
  expect([CONTRACT_VERSION, fingerprint()]).toEqual([6, '4869b63356bab95a'])
})
