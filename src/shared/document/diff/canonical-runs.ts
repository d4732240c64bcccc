import { sameJson } from '../../lib/same-json.ts'
import type { Run } from '../runs.ts'

/**
 * The single notation for runs that look alike: empty ones dropped, `marks: []` left out, line breaks between two runs
 * with the same formatting given that formatting, adjacent runs with the same formatting joined.
 */
export function canonicalRuns(runs: readonly Run[]): Run[] {
  const kept = runs.filter((run) => run.text !== '' || hasExtra(run)).map(withoutEmptyMarks)
  const joined: Run[] = []
  for (const [index, run] of kept.entries()) {
    const last = joined.at(-1)
    const next = kept[index + 1]
    if (
      last &&
      next &&
      /^\n+$/.test(run.text) &&
      !hasExtra(run) &&
      last.text !== '' &&
      next.text !== '' &&
      setAlike(last, next)
    ) {
      joined[joined.length - 1] = { ...last, text: last.text + run.text }
    } else if (last && last.text !== '' && run.text !== '' && setAlike(last, run)) {
      joined[joined.length - 1] = { ...last, text: last.text + run.text }
    } else {
      joined.push(run)
    }
  }
  return joined
}

/** Whether a run has keys from a later version. */
export function hasExtra(run: Run): boolean {
  for (const key in run) if (key !== 'text' && key !== 'marks' && key !== 'link' && run[key] !== undefined) return true
  return false
}

function withoutEmptyMarks(run: Run): Run {
  if (run.marks === undefined || run.marks.length > 0) return run
  const { marks: _, ...rest } = run
  return rest
}

function setAlike(a: Run, b: Run): boolean {
  for (const key in a) if (key !== 'text' && !sameJson(a[key], b[key])) return false
  for (const key in b) if (key !== 'text' && b[key] !== undefined && !(key in a)) return false
  return true
}
