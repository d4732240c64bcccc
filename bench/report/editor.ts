import { sizeName } from '../lib/options.ts'
import type { Selection } from './select.ts'
import { round, table } from './select.ts'

/** What is asked of every editor, a table for each question. */
export function editorTables(selection: Selection): string[] {
  const type = { bench: 'editor', task: 'type' }
  const sizes = selection.sizes(type)
  if (sizes.length === 0) return []
  const longest = sizes.at(-1) ?? 0
  const subjects = selection
    .subjects(type)
    .toSorted(
      (a, b) =>
        selection.median({ ...type, subject: a, size: longest }, 'cpu') -
        selection.median({ ...type, subject: b, size: longest }, 'cpu')
    )
  const bare = selection.median({ ...type, subject: 'contenteditable', size: longest }, 'cpu')
  const bySize = (
    task: string,
    cell: (subject: string, size: number) => string,
    more: readonly string[] = [],
    extra: (subject: string) => string[] = () => []
  ): string[] => [
    ...table(
      [task, ...sizes.map((size) => `${sizeName(size)} words`), ...more],
      subjects.map((subject) => [subject, ...sizes.map((size) => cell(subject, size)), ...extra(subject)])
    ),
    ''
  ]

  // Keys that wait for each other share a frame, and the CPU per key looks better than it is.
  const late = (subject: string, size: number): boolean =>
    selection.median({ ...type, subject, size }, 'paintP95') > 1000 / 12
  const lines = ['### Editor', '', '**Main-thread CPU per key, ms**', '']
  lines.push(
    ...bySize(
      '',
      (subject, size) => `${selection.cell({ ...type, subject, size }, 'cpu')}${late(subject, size) ? ' †' : ''}`,
      ['× contenteditable', '× itself at the smallest'],
      (subject) => [
        round(selection.median({ ...type, subject, size: longest }, 'cpu') / bare),
        round(
          selection.median({ ...type, subject, size: longest }, 'cpu') /
            selection.median({ ...type, subject, size: sizes[0] ?? 0 }, 'cpu')
        )
      ]
    )
  )
  if (subjects.some((subject) => sizes.some((size) => late(subject, size))))
    lines.push('† Fell behind the keys: several shared a frame, so the cost of one is understated.', '')
  lines.push('**Key to paint, ms: p50 / p95 / p99**', '')
  lines.push(
    ...bySize('', (subject, size) =>
      ['paintP50', 'paintP95', 'paintP99']
        .map((value) => round(selection.median({ ...type, subject, size }, value)))
        .join(' / ')
    )
  )
  lines.push(
    `**Where a key’s time goes at ${sizeName(longest)} words, ms** (the rest is paint, compositing and input)`,
    ''
  )
  lines.push(
    ...table(
      ['', 'script', 'layout', 'style', 'all', 'idle page, % of a core'],
      subjects.map((subject) => [
        subject,
        ...['script', 'layout', 'style', 'cpu', 'idlePercent'].map((value) =>
          selection.cell({ ...type, subject, size: longest }, value)
        )
      ])
    ),
    ''
  )
  lines.push(
    '**Load to a stable frame, ms**',
    '',
    ...bySize('', (subject, size) => selection.cell({ bench: 'editor', task: 'load', subject, size }, 'ms'))
  )
  lines.push(
    '**JavaScript heap after a collection, MB**',
    '',
    ...bySize('', (subject, size) =>
      selection.cell({ bench: 'editor', task: 'load', subject, size }, 'heapBytes', 1e-6)
    )
  )

  const simple = (
    task: string,
    title: string,
    columns: readonly (readonly [value: string, title: string, scale?: number])[]
  ): void => {
    const query = { bench: 'editor', task }
    const who = selection.subjects(query)
    if (who.length === 0) return
    lines.push(
      `**${title}**`,
      '',
      ...table(
        ['', ...columns.map(([, name]) => name)],
        who.map((subject) => [
          subject,
          ...columns.map(([value, , scale]) => selection.cell({ ...query, subject }, value, scale))
        ])
      ),
      ''
    )
  }
  simple('paste', 'Paste of 500 kB of HTML into 1,000 words, ms', [
    ['cpu', 'main thread'],
    ['longestTask', 'longest task'],
    ['arrived', 'all there after'],
    ['script', 'script'],
    ['layout', 'layout, style']
  ])
  simple('first keys', `First keys after opening ${sizeName(longest)} words, ms`, [
    ['paintP50', 'paint p50'],
    ['paintP95', 'paint p95'],
    ['paintMax', 'worst'],
    ['longestTask', 'longest task']
  ])
  simple('scroll', `The wheel through ${sizeName(longest)} words`, [
    ['screenP50', 'screen p50, ms'],
    ['screenP95', 'p95'],
    ['screenLatePercent', 'late, %'],
    ['frameP50', 'own frame p50, ms'],
    ['frameP95', 'p95'],
    ['latePercent', 'late, %'],
    ['busyPercent', 'main thread, %']
  ])
  const switched = selection.find({ bench: 'editor', task: 'switch' })
  if (switched.length > 0) {
    lines.push(
      '**Back and forth between two stories**',
      '',
      ...table(
        ['after', 'heap MB', 'the page’s own', 'compiled code', 'DOM nodes', 'listeners', 'documents'],
        switched.map(({ values }) => [
          `${values['turn'] ?? 0} times`,
          ...['heapBytes', 'ownBytes', 'codeBytes'].map((what) => round((values[what] ?? Number.NaN) / 1e6)),
          String(values['nodes']),
          String(values['listeners']),
          String(values['documents'])
        ])
      ),
      ''
    )
  }
  return lines
}
