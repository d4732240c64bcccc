import { useMemo } from 'react'
import type { Target } from '../../../shared/contract/publishing.ts'
import { sameName } from '../../../shared/publishing/same-name.ts'
import { CmsAuthors } from '../../../shared/publishing/targets/target-kind.ts'
import { useCall } from '../../api/use-call.ts'
import { inWords, useStrings } from '../../strings/strings.ts'
import { Notice } from '../../ui/Notice.tsx'
import { Select } from '../../ui/Select.tsx'

/** Bylines listed: the most frequent ones in the library. */
const MOST_NAMES = 30

interface TargetAuthorsProps {
  readonly target: Target
  readonly value: Target['settings'][string] | undefined
  readonly onChange: (value: CmsAuthors) => void
}

/**
 * Which author on the CMS corresponds to each byline in this library: the one with the same name unless the desk
 * chooses another.
 */
export function TargetAuthors({ target, value, onChange }: TargetAuthorsProps) {
  const words = useStrings().targetAuthors
  const told = useCall((call, signal) => call.publishing.people({ targetId: target.id }, signal), [target.id])
  const facets = useCall((call, signal) => call.library.facets({ filter: {}, since: [] }, signal), [])
  const mapped = useMemo(() => CmsAuthors.safeParse(value ?? {}).data ?? {}, [value])
  const people = told.data?.people ?? []
  const names = useMemo(() => {
    const known = facets.data?.authors.map((author) => author.value).slice(0, MOST_NAMES) ?? []
    return [...new Set([...known, ...Object.keys(mapped)])]
  }, [facets.data, mapped])
  if (told.data && people.length === 0 && !told.data.problem) return null
  const choose = (name: string, chosen: string): void => {
    const others = Object.entries(mapped).filter(([one]) => !sameName(one, name))
    const id = chosen === BY_NAME ? [] : [[name, chosen === ACCOUNT ? '' : chosen] as const]
    onChange(Object.fromEntries([...others, ...id]))
  }
  return (
    <details className="target-authors">
      <summary>{words.title(Object.keys(mapped).length)}</summary>
      <p className="publish-note">{words.text}</p>
      {told.data?.problem && (
        <Notice tone="warn">
          {words.asLastTold} {inWords(told.data.problem)}
        </Notice>
      )}
      {facets.data && names.length === 0 && <p className="publish-note">{words.noNames}</p>}
      {names.map((name) => {
        const own = Object.entries(mapped).find(([one]) => sameName(one, name))?.[1]
        const byName = people.find((person) => sameName(person.name, name))
        const gone = own !== undefined && own !== '' && !people.some(({ id }) => id === own)
        return (
          <Select
            key={name}
            label={name}
            value={own === undefined ? BY_NAME : own === '' ? ACCOUNT : own}
            onChange={(chosen) => choose(name, chosen)}
            options={[
              { id: BY_NAME, label: byName ? words.byName(byName.name) : words.nobody },
              { id: ACCOUNT, label: words.account },
              ...people.map((person) => ({ id: person.id, label: person.name })),
              ...(gone ? [{ id: own, label: words.gone(own) }] : [])
            ]}
          />
        )
      })}
    </details>
  )
}

const BY_NAME = 'by-name'
const ACCOUNT = 'account'
