import { readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { begin } from './electron.ts'

/** Finds the app among the arguments as Electron does, and runs its main module once the stand-in is set up. */
const args = process.argv.slice(2)
const at = args.findIndex((argument) => !argument.startsWith('-'))
const given = at < 0 ? undefined : args[at]
if (given === undefined) throw new Error('usage: electron [switches] APP [arguments]')
const path = resolve(given)
const isFolder = statSync(path).isDirectory()
const entry = isFolder
  ? join(path, (JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')) as { main: string }).main)
  : path

process.argv = [process.execPath, ...args]
begin({ root: isFolder ? path : process.cwd(), args })
await import(pathToFileURL(entry).href)
