import type { Contract } from '../../../shared/contract/contract.ts'
import type { GroupHandlers } from '../../../shared/rpc/define.ts'
import type { MediaService } from './media.ts'

export function mediaHandlers(media: MediaService): GroupHandlers<Contract, 'media'> {
  return {
    add: ({ name, bytes }) => media.add(name, bytes),
    get: ({ id }) => media.get(id)
  }
}
