import { canonicalJson, sha256 } from './targets/canonical-json.ts'
import type { Answer, Difference, Learned, RemoteCopy } from './targets/target.ts'
import type { Event, Outcome, Proof } from './delivery.ts'

/** The result of an action: for the machine, and what the server said about things of ours. */
export interface Done {
  readonly outcome: Outcome
  readonly learned: readonly Learned[]
  /** What it looked for and did not find. */
  readonly gone: string | null
}

/** An outcome that says nothing about things of ours. */
export function trouble(outcome: Outcome): Done {
  return { outcome, learned: [], gone: null }
}

/** It does not exist at all, whoever removed it: that is what a withdrawal wants. */
export function takenDown(serverTime: number | null): Done {
  const proof: Proof = {
    token: '',
    fingerprint: sha256(canonicalJson(null)),
    url: null,
    differences: [],
    serverTime,
    publishesAt: null,
    publishedAt: null
  }
  return { outcome: { kind: 'found', same: true, unfinished: false, proof }, learned: [], gone: null }
}

/** What a driver's reply means to the machine. `looked`: the local thing that was asked about. */
export function doneOf(answer: Answer, looked: string, same: (remote: RemoteCopy) => readonly Difference[]): Done {
  switch (answer.kind) {
    case 'found': {
      const { remote, serverTime } = answer
      const differences = same(remote)
      const proof: Proof = {
        token: remote.token,
        fingerprint: sha256(canonicalJson(remote.content)),
        url: remote.url,
        differences,
        serverTime,
        publishesAt: remote.publishesAt ?? null,
        publishedAt: remote.publishedAt ?? null
      }
      const isSame = !remote.unfinished && differences.every(({ byServer }) => byServer)
      return {
        outcome: { kind: 'found', same: isSame, unfinished: remote.unfinished, proof },
        learned: remote.learned,
        gone: null
      }
    }
    case 'absent':
      return { outcome: answer, learned: [], gone: looked }
    case 'present':
    case 'stored':
      return { outcome: { kind: answer.kind }, learned: answer.learned, gone: null }
    default:
      return trouble(answer)
  }
}

/** What a reply said about the CMS's clock, if that was the question. */
export function comparedBy(event: Event): { readonly serverTime: number | null } | null {
  if (event.kind !== 'answer' || (event.to.do !== 'ask-time' && event.to.do !== 'compare-clocks')) return null
  const { answer } = event
  if (answer.kind === 'found') return answer.proof
  return answer.kind === 'absent' || answer.kind === 'time' ? answer : null
}
