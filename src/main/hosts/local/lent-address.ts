import { GalleyError } from '../../../shared/rpc/errors.ts'
import { say } from '../../../shared/words/message.ts'

/** The whole of an address that a loopback host lends: this machine, a port, the door, a code. */
const LENT = /^http:\/\/127\.0\.0\.1:[1-9]\d{0,4}\/enter\?code=[A-Za-z0-9_-]{32}$/

/** How long the host has to say that the code is its own, in ms. */
const PATIENCE = 2000

/**
 * An address that another start was lent, once it is known to lead into a loopback host of ours: it has the form of one,
 * and the host behind it knows the code (asking does not use it up). Whoever can write to the library folder decides
 * what is lent, so it is not opened on faith. Throws `refused`.
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
