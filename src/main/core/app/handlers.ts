import type { Contract } from '../../../shared/contract/contract.ts'
import type { GroupHandlers } from '../../../shared/rpc/define.ts'
import type { appInfo } from './app.ts'
import type { HealthLine } from './health.ts'
import type { Jobs } from './jobs.ts'

export interface AppHandlersOptions {
  readonly info: () => ReturnType<typeof appInfo>
  readonly openLink: (url: string) => Promise<void>
  readonly jobs: Jobs
  readonly doctor: (signal: AbortSignal) => Promise<HealthLine[]>
  /** Returns the id of the sample story. */
  readonly addSample: () => Promise<string>
}

export function appHandlers({
  info,
  openLink,
  jobs,
  doctor,
  addSample
}: AppHandlersOptions): GroupHandlers<Contract, 'app'> {
  return {
    info: () => info(),
    async openLink({ url }) {
      await openLink(url)
      return {}
    },
    cancelJob({ jobId }) {
      jobs.cancel(jobId)
      return {}
    },
    doctor: (_input, { signal }) => doctor(signal),
    addSample: async () => ({ id: await addSample() })
  }
}
