import { sizeName } from '../lib/options.ts'
import type { Results } from '../lib/results.ts'
import { editorTables } from './editor.ts'
import { round, Selection, table } from './select.ts'
import { targets } from './targets.ts'

/** The whole run as Markdown, the same for the terminal and for docs/performance.md. */
export function report(results: Results): string[] {
  const selection = new Selection(results)
  const lines = [
    `Run of ${results.startedAt.slice(0, 16).replace('T', ' ')} UTC${results.finishedAt ? '' : ', not finished'}${results.options.quick ? ', **quick: a look, not a result**' : ''}.`,
    ...about(results),
    ''
  ]
  lines.push(...editorTables(selection))
  for (const bench of ['desk', 'store', 'export', 'publish', 'cms', 'beside', 'start'])
    lines.push(...plainTables(selection, bench))
  const met = targets(selection)
  if (met.length > 0) {
    lines.push(
      '### Targets',
      '',
      ...table(
        ['target', 'wanted', 'measured', ''],
        met.map(({ name, wanted, measured, verdict }) => [name, wanted, measured, verdict])
      ),
      ''
    )
  }
  const notes = results.measurements.filter(({ note }) => note)
  if (notes.length > 0)
    lines.push(
      '### Notes',
      '',
      ...notes.map(({ bench, task, subject, note }) => `- ${bench}, ${task}, ${subject}: ${note ?? ''}`),
      ''
    )
  if (results.problems.length > 0)
    lines.push(
      '### What failed',
      '',
      ...results.problems.map(({ step, message }) => `- ${step}: ${message.split('\n')[0] ?? ''}`),
      ''
    )
  return lines
}

function about({ machine, versions, options }: Results): string[] {
  return [
    `Commit ${machine.commit}${machine.dirty ? ' with changes' : ''} · ${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB, ${machine.system} · Node ${machine.node}` +
      `${versions['chromium'] ? ` · ${versions['chromium']}` : ''} · load before ${round(machine.loadBefore)}.`,
    `${options.reps} repetitions, interleaved; medians; “±” where repetitions lie more than a fifth apart.` +
      ` Peers: ${Object.entries(versions)
        .filter(([name]) => name !== 'chromium' && name !== 'galley')
        .map(([name, version]) => `${name} ${version}`)
        .join(', ')}.`
  ]
}

/**
 * Benches that set one thing beside another: a row for each task and subject, and how many times the bare one it is.
 */
function plainTables(selection: Selection, bench: string): string[] {
  const lines: string[] = []
  const timed = selection
    .tasks(bench)
    .filter((task) => selection.find({ bench, task }).every(({ values }) => 'p95' in values))
  if (timed.length > 0) {
    const subjects = [...new Set(timed.flatMap((task) => selection.subjects({ bench, task })))]
    const rows = timed.flatMap((task) =>
      sizesOrNone(selection, { bench, task }).map((size) => {
        const cells = subjects.map((subject) => {
          const query = { bench, task, subject, ...(size !== undefined && { size }) }
          return selection.find(query).length > 0
            ? `${selection.cell(query, 'p50')} / ${selection.cell(query, 'p95')}`
            : '–'
        })
        return [`${task}${size === undefined ? '' : `, ${sizeName(size)}`}`, ...cells]
      })
    )
    lines.push('**p50 / p95, ms**', '', ...table(['', ...subjects], rows), '')
  }
  for (const task of selection
    .tasks(bench)
    .filter(
      (one) =>
        !timed.includes(one) &&
        selection.find({ bench, task: one }).some(({ values }) => Object.keys(values).length > 0)
    )) {
    const query = { bench, task }
    const values = [...new Set(selection.find(query).flatMap((one) => Object.keys(one.values)))]
    const rows = uniqueRows(selection, query).map(({ subject, size }) => [
      `${subject}${size === undefined ? '' : ` ${sizeName(size)}`}`,
      ...values.map((value) =>
        selection.cell(
          { ...query, subject, ...(size !== undefined && { size }) },
          value,
          value.endsWith('Bytes') ? 1e-6 : 1
        )
      )
    ])
    lines.push(
      `**${bench}: ${task}**`,
      '',
      ...table(['', ...values.map((value) => value.replace(/Bytes$/, ' MB'))], rows),
      ''
    )
  }
  return lines.length > 0 ? [`### ${bench[0]?.toUpperCase() ?? ''}${bench.slice(1)}`, '', ...lines] : []
}

function sizesOrNone(selection: Selection, query: { bench: string; task: string }): (number | undefined)[] {
  return [...new Set(selection.find(query).map(({ size }) => size))]
}

function uniqueRows(
  selection: Selection,
  query: { bench: string; task: string }
): { subject: string; size: number | undefined }[] {
  const rows = new Map(
    selection.find(query).map(({ subject, size }) => [`${subject} ${size ?? ''}`, { subject, size }])
  )
  return [...rows.values()]
}
