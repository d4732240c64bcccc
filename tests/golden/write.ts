// Writes the expected files and the published JSON Schema anew, after a change that was meant. Read the diff before
// committing it.
import { writeFileSync } from 'node:fs'
import { goldenFiles, pathOf } from './golden.ts'

for (const [file, text] of goldenFiles()) {
  writeFileSync(pathOf(file), text)
  console.log(`wrote ${file}`)
}
