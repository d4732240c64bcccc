import { memorySecrets } from '../../../src/main/core/ports.ts'
import type { TargetInput } from '../../../src/main/core/publishing/targets/targets.ts'
import { ManualClock } from '../../support/manual-clock.ts'
import { Desk } from './newsroom.ts'

/**
 * A desk in a process of its own, opened when a late look is due, that does what is to be done and closes. With KILL_AT
 * it kills itself with SIGKILL at the named point ("recall: answered#1" is the first time).
 */
const { LIBRARY = '', NOW = '', TARGET = '', KILL_AT = '' } = process.env
const met = new Map<string, number>()

const desk = new Desk(LIBRARY, new ManualClock(Number(NOW)), memorySecrets(), {
  onStep(point) {
    const count = (met.get(point) ?? 0) + 1
    met.set(point, count)
    if (`${point}#${count}` === KILL_AT) process.kill(process.pid, 'SIGKILL')
  }
})
// The keychain of this test forgets with the process; the person enters the secret again.
await desk.publishing.saveTarget(JSON.parse(TARGET) as TargetInput)
await desk.publishing.start()
await desk.publishing.quiet()
await desk.close()
