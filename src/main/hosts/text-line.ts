import { decode, encode, type Push, type Reply, type Welcome } from '../../shared/rpc/wire.ts'
import { anonymousId, ClientMessage, type Session, type Sessions } from './sessions.ts'

/** One connection that carries messages as text: a WebSocket or the local control socket. */
export interface TextLine {
  /** Takes one message. Answers false when it is not one of ours; the caller then ends the connection. */
  receive(text: string): boolean
  /** The connection is gone. */
  drop(forGood?: boolean): void
}

/** Joins a text connection to its session: parses at the door, answers in any order, sends events as they come. */
export function textLine(sessions: Sessions, send: (text: string) => void): TextLine {
  const sendMessage = (message: Push | Reply | Welcome): void => send(encode(message))
  const sendPush = (push: Push): void => sendMessage(push)
  let session: Session | null = null

  function join(id: string): boolean {
    const joined = sessions.join(id, sendPush)
    session = joined.session
    return joined.resumed
  }

  return {
    receive(text) {
      const message = parse(text)
      if (!message) return false
      if ('hello' in message) {
        const resumed = join(message.hello)
        if (message.awaiting) session?.keepOnly(message.awaiting)
        sendMessage({ welcome: { resumed } })
        return true
      }
      if (!session) join(anonymousId())
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

function parse(text: string): ClientMessage | null {
  try {
    const parsed = ClientMessage.safeParse(decode(text))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}
