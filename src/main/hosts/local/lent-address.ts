import { GalleyError } from '../../../shared/rpc/errors.ts'
import { say } from '../../../shared/words/message.ts'

/** The exact form of an address from a loopback host: this machine, a port, the entrance, a code. */
const LENT = /^http:\/\/127\.0\.0\.1:[1-9]\d{0,4}\/enter\?code=[A-Za-z0-9_-]{32}$/

/** How long the host has to confirm that the code is its own, in ms. */
const PATIENCE = 2000

/**
 * Verifies an address returned by another instance: it must have the right form, and the host behind it must know the
 * code (asking does not use it up). Whoever can write to the library folder decides what is returned, so it is not
 * opened on trust. Throws `refused`.
 */
export async function checkLent(address: string): Promise<string> {
  const { status } = LENT.test(address) ? await look(address) : { status: 0 }
  if (status !== 204) throw new GalleyError('refused', say('hosts.notOurAddress'))
  return address
}

async function look(address: string): Promise<{ readonly status: number }> {
  try {
    return await fetch(address, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(PATIENCE) })
  } catch {
    return { status: 0 }
  }
}
