import type { Page } from './page.ts'

interface Snapshot {
  readonly snapshot: {
    readonly meta: {
      readonly node_fields: readonly string[]
      readonly node_types: readonly (string | readonly string[])[]
    }
  }
  readonly nodes: readonly number[]
}

/**
 * What a page makes and can leave behind; the rest of a snapshot is V8's compiled code and what the browser keeps
 * outside its heap.
 */
const OWN = new Set([
  'object',
  'closure',
  'array',
  'string',
  'concatenated string',
  'sliced string',
  'number',
  'bigint',
  'symbol',
  'regexp',
  'object shape'
])

/**
 * Bytes of the page's own live objects, closures, arrays and strings, and of the machine code and bytecode V8 has made
 * of its functions; from a heap snapshot, after a full collection.
 */
export async function heapByKind(page: Page): Promise<{ readonly own: number; readonly code: number }> {
  const chunks: string[] = []
  const off = page.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(String(chunk)))
  await page.send('HeapProfiler.enable')
  await page.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  await page.send('HeapProfiler.disable')
  off()
  const {
    snapshot: { meta },
    nodes
  } = JSON.parse(chunks.join('')) as Snapshot
  const kind = meta.node_fields.indexOf('type')
  const size = meta.node_fields.indexOf('self_size')
  const names = meta.node_types[kind] ?? []
  const found = { own: 0, code: 0 }
  for (let node = 0; node < nodes.length; node += meta.node_fields.length) {
    const name = names[nodes[node + kind] ?? -1] ?? ''
    const bytes = nodes[node + size] ?? 0
    if (OWN.has(name)) found.own += bytes
    else if (name === 'code') found.code += bytes
  }
  return found
}
