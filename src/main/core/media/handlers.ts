import type { Contract } from '../../../shared/contract/contract.ts'
import type { GroupHandlers } from '../../../shared/rpc/define.ts'
import type { MediaService } from './media.ts'

export function mediaHandlers(media: MediaService): GroupHandlers<Contract, 'media'> {
  return {
    add: ({ name, upload }, { signal }) => media.addUpload(name, upload, signal),
    get: ({ id }) => media.get(id)
  }
}
