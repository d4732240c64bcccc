import type { Direction } from '../../shared/document/language.ts'
import type { Run } from '../../shared/document/runs.ts'
import { sameJson } from '../../shared/lib/same-json.ts'
import { $getState, $setState, createState, type LexicalNode } from 'lexical'

/**
 * What a block has besides its text: its stable id, its own direction and language if any, and keys from later
 * versions.
 */
export interface BlockFacts {
  readonly id: string
  readonly dir?: Direction
  readonly lang?: string
  readonly extra?: Readonly<Record<string, unknown>>
}

const noFacts: BlockFacts = { id: '' }

/** Editor states are never parsed from JSON here, so every value was written by this build. */
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

/** How a run was written, so that what nobody edits is written back unchanged. */
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

/** Keys of a link apart from its address and title. */
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
