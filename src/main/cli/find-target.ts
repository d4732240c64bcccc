import type { Contract } from '../../shared/contract/contract.ts'
import type { Target } from '../../shared/contract/publishing.ts'
import type { Connection } from '../../shared/rpc/client.ts'
import { say } from '../../shared/words/message.ts'
import { GalleyError } from '../../shared/rpc/errors.ts'

/** Finds a target by name or id. Throws `not_found`, or `invalid_input` if several have that name. */
export async function findTarget({ call }: Connection<Contract>, name: string): Promise<Target> {
  const targets = await call.publishing.targets({})
  const found = targets.filter(({ id, name: own }) => id === name || own.toLowerCase() === name.toLowerCase())
  const [target, ...others] = found
  if (!target)
    throw new GalleyError(
      'not_found',
      say('commandLine.noSuchTarget', { name, names: targets.map((one) => one.name).join(', ') })
    )
  if (others.length > 0)
    throw new GalleyError('invalid_input', say('commandLine.severalTargets', { name, count: found.length }))
  return target
}
