import { $createLinkNode, $isLinkNode, type LinkNode } from '@lexical/link'
import {
  $createLineBreakNode,
  $createTextNode,
  $isElementNode,
  $isLineBreakNode,
  $isTextNode,
  TEXT_TYPE_TO_FORMAT,
  type ElementNode,
  type LexicalNode,
  type TextNode
} from 'lexical'
import { marks as knownMarks, type Mark, type Run } from '../../shared/document/runs.ts'
import { canonicalRuns, hasExtra } from '../../shared/document/diff/canonical-runs.ts'
import { sameJson } from '../../shared/lib/same-json.ts'
import { $linkExtraOf, $runFactsOf, $setLinkExtra, $setRunFacts, type Link, type RunFacts } from './block-state.ts'
import { $createKeptRun, $isKeptRunNode } from './blocks/kept/KeptRunNode.ts'

const formatOf: Readonly<Record<Mark, number>> = Object.fromEntries(
  knownMarks.map((mark) => [mark, TEXT_TYPE_TO_FORMAT[mark] ?? 0])
) as Record<Mark, number>

/** Appends runs to an empty block or list item. */
export function $writeRuns(parent: ElementNode, runs: readonly Run[]): void {
  const nodes = $runNodes(runs)
  if (nodes.length > 0) parent.splice(parent.getChildrenSize(), 0, nodes)
}

/** The inline nodes that represent runs. */
export function $runNodes(runs: readonly Run[]): LexicalNode[] {
  let link: LinkNode | null = null
  let linkOf: Link | undefined
  const made: LexicalNode[] = []
  for (const run of runs) {
    const nodes = $nodesOfRun(run)
    if (nodes.length === 0) continue
    if (run.link === undefined) {
      for (const node of nodes) made.push(node)
      link = null
    } else {
      if (link === null || !sameJson(linkOf, run.link)) {
        link = $createLink(run.link)
        linkOf = run.link
        made.push(link)
      }
      link.splice(link.getChildrenSize(), 0, nodes)
    }
  }
  return made
}

/**
 * The runs of a block or list item in canonical form: adjacent runs with the same formatting are joined, and no run is
 * empty without a reason.
 */
export function $readRuns(parent: ElementNode): Run[] {
  const runs: Run[] = []
  $collect(parent, undefined, runs)
  return canonicalRuns(runs)
}

export function $createLink(link: Link): LinkNode {
  const { href, title, ...extra } = link
  const node = $createLinkNode(href, title === undefined ? {} : { title })
  if (Object.keys(extra).length > 0) $setLinkExtra(node, extra)
  return node
}

export function $linkOf(node: LinkNode): Link {
  const title = node.getTitle()
  return { ...$linkExtraOf(node), href: node.getURL(), ...(title === null || title === undefined ? {} : { title }) }
}

function $nodesOfRun(run: Run): LexicalNode[] {
  // The usual case: plain text and nothing else.
  if (run.text !== '' && run.marks === undefined && !run.text.includes('\n') && !hasExtra(run))
    return [$createTextNode(run.text)]
  const { text, marks, link: _, ...extra } = run
  const known = marks?.filter(isKnownMark) ?? []
  const facts: RunFacts = {
    ...(marks === undefined ? {} : { marks }),
    ...(Object.keys(extra).length === 0 ? {} : { extra })
  }
  if (text === '') return facts.extra ? [$createKeptRun(run)] : []
  let format = 0
  for (const mark of known) format |= formatOf[mark]
  // Ordinary marks need no state beyond the format bits.
  const special = facts.extra !== undefined || (marks !== undefined && !sameJson(marks, marksOf(format)))
  const nodes: LexicalNode[] = []
  for (const [index, line] of text.split('\n').entries()) {
    if (index > 0) {
      const lineBreak = $createLineBreakNode()
      $setRunFacts(lineBreak, { ...facts, marks: marks ?? [] })
      nodes.push(lineBreak)
    }
    if (line === '') continue
    const node = $createTextNode(line)
    node.setFormat(format)
    if (special) $setRunFacts(node, facts)
    nodes.push(node)
  }
  return nodes
}

function $collect(parent: ElementNode, link: Link | undefined, runs: Run[]): void {
  for (const node of parent.getChildren()) {
    if ($isTextNode(node)) {
      runs.push(run(node.getTextContent(), $marksOfText(node), $runFactsOf(node).extra, link))
    } else if ($isLineBreakNode(node)) {
      runs.push($runOfLineBreak(node, runs.at(-1), link))
    } else if ($isKeptRunNode(node)) {
      runs.push(node.getRun())
    } else if ($isLinkNode(node)) {
      $collect(node, $linkOf(node), runs)
    } else if ($isElementNode(node)) {
      $collect(node, link, runs)
    }
  }
}

function run(
  text: string,
  marks: readonly string[] | undefined,
  extra: RunFacts['extra'],
  link: Link | undefined
): Run {
  return {
    ...extra,
    text,
    ...(marks === undefined ? {} : { marks: [...marks] }),
    ...(link === undefined ? {} : { link })
  }
}

/** A line break read from a stored body has its run's facts; one just typed belongs to the preceding run. */
function $runOfLineBreak(node: LexicalNode, before: Run | undefined, link: Link | undefined): Run {
  const facts = $runFactsOf(node)
  if (facts.marks !== undefined) return run('\n', facts.marks, facts.extra, link)
  if (before && sameJson(before.link, link)) return { ...before, text: '\n' }
  return run('\n', undefined, undefined, link)
}

/**
 * The marks as they were written if they still match the format; otherwise the known marks that are set, and the
 * unknown ones.
 */
function $marksOfText(node: TextNode): readonly string[] | undefined {
  const format = node.getFormat()
  const { marks } = $runFactsOf(node)
  if (marks === undefined) return format === 0 ? undefined : marksOf(format)
  let written = 0
  for (const mark of marks) if (isKnownMark(mark)) written |= formatOf[mark]
  const set = format & everyKnown
  if (written === set) return marks
  const kept = marks.filter((mark) => !isKnownMark(mark) || (formatOf[mark] & set) !== 0)
  return [...kept, ...marksOf(set & ~written)]
}

const everyKnown = Object.values(formatOf).reduce((all, bit) => all | bit, 0)

function marksOf(format: number): Mark[] {
  return knownMarks.filter((mark) => (format & formatOf[mark]) !== 0)
}

function isKnownMark(mark: string): mark is Mark {
  return (knownMarks as readonly string[]).includes(mark)
}
