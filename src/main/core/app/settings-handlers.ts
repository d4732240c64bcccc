import type { Contract } from '../../../shared/contract/contract.ts'
import type { GroupHandlers } from '../../../shared/rpc/define.ts'
import type { SettingsService } from './settings.ts'

export function settingsHandlers(settings: SettingsService): GroupHandlers<Contract, 'settings'> {
  return {
    get: () => settings.get(),
    set: (change) => settings.set(change as Parameters<SettingsService['set']>[0])
  }
}
