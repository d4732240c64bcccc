import { resolve } from 'node:path'
import { isNodeNewEnough } from './hosts/require-node.ts'

// The rest is loaded only once the Node is known to be able to: an older one dies in the database binding without a
// word.
if (isNodeNewEnough()) {
  const { parseRunArguments, reportFailure, run } = await import('./hosts/loopback/run.ts')
  const { productVersion } = await import('./hosts/version.ts')
  try {
    await run({
      ...parseRunArguments(process.argv.slice(2)),
      renderer: resolve(import.meta.dirname, '../renderer'),
      version: productVersion(import.meta.dirname)
    })
  } catch (error) {
    reportFailure(error)
  }
}
