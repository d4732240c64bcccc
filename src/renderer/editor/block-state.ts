import type { Direction } from '../../shared/document/language.ts'
import type { Run } from '../../shared/document/runs.ts'
import { sameJson } from '../../shared/lib/same-json.ts'
import { $getState, $setState, createState, type LexicalNode } from 'lexical'

/**
 * What a block carries beside its text: its stable id, its direction and language if it has its own, and keys of later
 * versions.
 */
export interface BlockFacts {
  readonly id: string
  readonly dir?: Direction
  readonly lang?: string
  readonly extra?: Readonly<Record<string, unknown>>
}

const noFacts: BlockFacts = { id: '' }

/** Editor states are never read from JSON here, so what arrives is what this build wrote. */
const factsState = createState('galley', {
  parse: (value) => (value === undefined ? noFacts : (value as BlockFacts)),
  isEqual: sameJson
})

export function $factsOf(node: LexicalNode): BlockFacts {
  return $getState(node, factsState)
}

export function $setFacts(node: LexicalNode, facts: BlockFacts): void {
  $setState(node, factsState, facts)
}

/** How a run was written, so that what nobody edits is written back as it was. */
export interface RunFacts {
  readonly marks?: readonly string[]
  readonly extra?: Readonly<Record<string, unknown>>
}

const noRunFacts: RunFacts = {}
const runState = createState('galleyRun', {
  parse: (value) => (value === undefined ? noRunFacts : (value as RunFacts)),
  isEqual: sameJson
})

export function $runFactsOf(node: LexicalNode): RunFacts {
  return $getState(node, runState)
}

export function $setRunFacts(node: LexicalNode, facts: RunFacts): void {
  $setState(node, runState, facts)
}

/** Keys of a link other than its address and title. */
export type LinkExtra = Readonly<Record<string, unknown>>
const noLinkExtra: LinkExtra = {}
const linkState = createState('galleyLink', {
  parse: (value) => (value === undefined ? noLinkExtra : (value as LinkExtra)),
  isEqual: sameJson
})

export function $linkExtraOf(node: LexicalNode): LinkExtra {
  return $getState(node, linkState)
}

export function $setLinkExtra(node: LexicalNode, extra: LinkExtra): void {
  $setState(node, linkState, extra)
}

export type Link = NonNullable<Run['link']>
