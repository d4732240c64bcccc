import { socketLine } from '../../src/renderer/host/socket.ts'
import { testLoopback } from '../support/loopback.ts'
import { contractSuite } from './contract-suite.ts'

contractSuite('the loopback host’s WebSocket', async () => {
  const loopback = await testLoopback()
  return {
    ...loopback,
    async link() {
      const line = socketLine({ open: () => loopback.socket() })
      await line.opened
      return line
    }
  }
})
