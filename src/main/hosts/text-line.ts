import { z } from 'zod'
import { say } from '../../shared/words/message.ts'
import { decode, encode, type Push, type Reply, type Welcome } from '../../shared/rpc/wire.ts'
import { anonymousId, ClientMessage, type Session, type Sessions } from './sessions.ts'

/** One connection that carries messages as text: a WebSocket or the local control socket. */
export interface TextLine {
  /** Handles one message. Returns false if it is not one of ours; the caller then closes the connection. */
  receive(text: string): boolean
  /** The connection is gone. */
  drop(forGood?: boolean): void
}

/** Connects a text connection to its session: parses every message, replies in any order, sends events as they come. */
export function textLine(sessions: Sessions, send: (text: string) => void): TextLine {
  const sendMessage = (message: Push | Reply | Welcome): void => send(encode(message))
  const sendPush = (push: Push): void => sendMessage(push)
  let session: Session | null = null

  function join(id: string, seen?: number): ReturnType<Sessions['join']> {
    const joined = sessions.join(id, sendPush, seen)
    session = joined.session
    return joined
  }

  return {
    receive(text) {
      const raw = parse(text)
      const parsed = ClientMessage.safeParse(raw)
      if (!parsed.success) {
        // An invalid request gets a reply: if the connection were closed, a window would reconnect and send it again.
        const numbered = Numbered.safeParse(raw)
        if (numbered.success)
          sendMessage({
            id: numbered.data.id,
            ok: false,
            error: { code: 'invalid_input', ...say('galley.notARequest') }
          })
        return numbered.success
      }
      const message = parsed.data
      if ('hello' in message) {
        const { resumed, events, missed } = join(message.hello, message.seen)
        if (message.awaiting) session?.keepOnly(message.awaiting)
        sendMessage({ welcome: { resumed, events } })
        for (const push of missed) sendPush(push)
        return true
      }
      if (!session) join(anonymousId())
      // Someone who opens an address in a browser sees it in the address bar, so nothing is waiting to be shown.
      if ('listening' in message) return true
      if ('cancel' in message) session?.cancel(message.cancel)
      else void session?.request(message).then(sendMessage)
      return true
    },
    drop(forGood = false) {
      if (session) sessions.leave(session, sendPush, forGood)
      session = null
    }
  }
}

const Numbered = z.object({ id: z.int().min(0) })

function parse(text: string): unknown {
  try {
    return decode(text)
  } catch {
    return null
  }
}
