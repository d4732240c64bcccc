/**
 * The oldest Node whose native interface the database binding is built for; an older one would crash without a message.
 */
const OLDEST = 24

/**
 * Returns true if this Node can run Galley; otherwise says what to do and sets the exit code. Call before loading
 * anything that imports the core.
 */
export function isNodeNewEnough(version: string = process.versions.node): boolean {
  if (Number(version.split('.')[0]) >= OLDEST) return true
  process.stderr.write(
    `Galley needs Node ${OLDEST} or newer; this is Node ${version}.\n` +
      'Start it with `npm start` (which brings its own Node on Linux and Windows), or install Node from https://nodejs.org/ and try again.\n'
  )
  process.exitCode = 1
  return false
}
