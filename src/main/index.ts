import { run } from './hosts/electron/run.ts'

run(import.meta.dirname)
