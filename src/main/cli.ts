import { isNodeNewEnough } from './hosts/require-node.ts'

// The rest is loaded only once the Node is known to be able to: an older one dies in the database binding without a
// word.
if (isNodeNewEnough()) {
  const { runCommandLine } = await import('./cli/run.ts')
  process.exitCode = await runCommandLine(process.argv.slice(2), { builtMain: import.meta.dirname })
}
