import { isNodeNewEnough } from './hosts/require-node.ts'

// Everything else is loaded only once this Node is known to be new enough: an older one dies in the database binding
// without a message.
if (isNodeNewEnough()) {
  const { runCommandLine } = await import('./cli/run.ts')
  process.exitCode = await runCommandLine(process.argv.slice(2), { builtMain: import.meta.dirname })
}
