import { expect, it } from 'vitest'
import { z } from 'zod'
import { read } from '../../src/shared/rpc/define.ts'
import { createDispatcher } from '../../src/shared/rpc/dispatch.ts'

it('keeps what a bug said to itself: the window gets plain words, the log the rest', async () => {
  const secret = 'ENOENT: no such file, open /home/ann/Library/secret.txt'
  const bugs: unknown[] = []
  const contract = {
    calls: { desk: { look: read(z.object({}), z.object({ text: z.string() })) } },
    events: {}
  }
  const dispatcher = createDispatcher(
    contract,
    {
      desk: {
        look() {
          throw Object.assign(new Error(secret), { path: '/home/ann' })
        }
      }
    },
    { checkOutputs: true, isReadOnly: () => false, onBug: (_call, thrown) => bugs.push(thrown) }
  )
  const reply = await dispatcher.dispatch(
    { id: 1, call: 'desk.look', input: {} },
    { connectionId: 'window', signal: new AbortController().signal }
  )
  expect(reply).toMatchObject({ id: 1, ok: false, error: { code: 'internal' } })
  expect(JSON.stringify(reply)).not.toMatch(/ann|secret|ENOENT|stack/)
  expect(bugs.map(String)).toEqual([`Error: ${secret}`])
})

it('says of a text that is too long how much room there is, and of anything else no more than that it is not valid', async () => {
  const contract = {
    calls: { desk: { name: read(z.object({ name: z.string().max(200), at: z.int().max(5) }), z.object({})) } },
    events: {}
  }
  const dispatcher = createDispatcher(
    contract,
    { desk: { name: () => ({}) } },
    { checkOutputs: true, isReadOnly: () => false, onBug: () => undefined }
  )
  const refusal = async (input: unknown) => {
    const reply = await dispatcher.dispatch(
      { id: 1, call: 'desk.name', input },
      { connectionId: 'window', signal: new AbortController().signal }
    )
    return reply.ok ? null : reply.error
  }
  expect(await refusal({ name: 'a'.repeat(201), at: 1 })).toMatchObject({
    code: 'invalid_input',
    key: 'galley.tooLong',
    params: { max: 200 }
  })
  expect(await refusal({ name: 'a', at: 6 })).toMatchObject({ key: 'galley.invalidRequest' })
  expect(await refusal({ name: 'a', at: 5 })).toBeNull()
})
