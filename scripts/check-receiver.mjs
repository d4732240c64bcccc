#!/usr/bin/env node
// Does a receiver keep the contract of the open endpoint? npm run receiver:check -- URL [--secret-file secret.txt]
// [--key-id galley] [--format galley|ninjs]
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { checkReceiver } from '../src/main/practice-cms/conformance.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'secret-file': { type: 'string' },
    'key-id': { type: 'string', default: 'galley' },
    format: { type: 'string', default: 'galley' }
  }
})
const [address] = positionals
if (!address || !URL.canParse(address)) stop('Give the address of the endpoint: http://127.0.0.1:8787/api')
if (values.format !== 'galley' && values.format !== 'ninjs') stop('--format is galley or ninjs.')
const file = values['secret-file']
const secret = file === undefined ? null : readFileSync(file, 'utf8').trim()

let rules = 0
const kept = await checkReceiver(
  {
    url: address.replace(/\/+$/, ''),
    key: secret === null ? null : { id: values['key-id'], secret },
    format: values.format
  },
  ({ rule, ok, was }) => {
    rules += 1
    console.log(`${ok ? 'ok     ' : 'NOT OK '} ${rule}${ok ? '' : `: ${was}`}`)
  }
)
console.log(kept ? `All ${rules} rules are kept.` : 'Not all rules are kept.')
if (secret === null) console.log('Signatures were not looked at: give --secret-file.')
console.log('The test left one story behind, withdrawn: “A story by which a receiver is tested”.')
process.exitCode = kept ? 0 : 1

function stop(message) {
  console.error(message)
  process.exit(2)
}
