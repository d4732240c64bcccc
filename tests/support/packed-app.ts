import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../../scripts/lib/places.mjs'

/**
 * Where the packed app is unpacked to be driven: outside the checkout, where nothing that was left out of the package
 * could be found in the checkout's own modules.
 */
export const packedApp = join(
  tmpdir(),
  `galley-packed-${createHash('sha256').update(root).digest('hex').slice(0, 12)}`,
  'resources',
  'app'
)
