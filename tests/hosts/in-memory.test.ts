import { anonymousId } from '../../src/main/hosts/sessions.ts'
import { GalleyError } from '../../src/shared/rpc/errors.ts'
import { freshCore } from '../support/host-cores.ts'
import { contractSuite } from './contract-suite.ts'
import { say } from '../../src/shared/words/message.ts'

let next = 0

contractSuite('nothing but memory', async () => {
  const { core, opened, end } = await freshCore()
  return {
    core,
    opened,
    end,
    async link() {
      const connectionId = anonymousId()
      return {
        transport: {
          async request(request, signal = new AbortController().signal) {
            if (signal.aborted) throw new GalleyError('cancelled', say('galley.bug'))
            return core.dispatch({ id: next++, ...request }, { connectionId, signal })
          },
          onPush: (listener) => core.subscribe(listener)
        },
        close: () => undefined
      }
    }
  }
})
