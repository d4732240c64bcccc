import { resolve } from 'node:path'
import { isNodeNewEnough } from './hosts/require-node.ts'

// Everything else is loaded only once this Node is known to be new enough: an older one dies in the database binding
// without a message.
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
