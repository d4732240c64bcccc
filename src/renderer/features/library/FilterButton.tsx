import { ListFilter } from 'lucide-react'
import { Button as AriaButton, Dialog, DialogTrigger } from 'react-aria-components'
import type { LibraryFilter } from '../../../shared/contract/library.ts'
import { useCall } from '../../api/use-call.ts'
import { useStrings } from '../../strings/strings.ts'
import { languageName } from '../../strings/languages.ts'
import { Button } from '../../ui/Button.tsx'
import { ComboBox } from '../../ui/ComboBox.tsx'
import { count } from '../../ui/format.ts'
import { Popover } from '../../ui/Popover.tsx'
import { Select, type Option } from '../../ui/Select.tsx'
import { stretches, type Narrowed, type Stretch } from './filter.ts'

export interface FilterButtonProps {
  readonly value: Narrowed
  readonly filter: LibraryFilter
  readonly begins: Readonly<Record<Stretch, string>>
  readonly onChange: (value: Narrowed) => void
}

const ANY = ''

/** Narrows the list by section, author, language and day, and shows how many stories each choice would leave. */
export function FilterButton(props: FilterButtonProps) {
  const words = useStrings().libraryMany
  const { section, author, language, since } = props.value
  const on = [section, author, language, since].filter((one) => one !== undefined).length
  return (
    <DialogTrigger>
      <AriaButton
        className="g-icon-button library-sort"
        aria-label={on === 0 ? words.filters : `${words.filters}: ${words.filtersOn(on)}`}
        data-on={on > 0 || undefined}
      >
        <ListFilter aria-hidden />
      </AriaButton>
      <Popover placement="bottom start" wide>
        <Dialog aria-label={words.filters} className="library-filters">
          <Filters {...props} isOn={on > 0} />
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}

function Filters({ value, filter, begins, onChange, isOn }: FilterButtonProps & { readonly isOn: boolean }) {
  const words = useStrings().libraryMany
  const facets = useCall(
    (call, signal) => call.library.facets({ filter, since: stretches.map((one) => begins[one]) }, signal),
    [JSON.stringify(filter)]
  ).data
  const choices = (
    counted: readonly { readonly value: string; readonly stories: number }[] | undefined,
    name: (value: string) => string = (one) => one
  ): Option[] => [
    { id: ANY, label: words.any },
    ...(counted ?? []).map(({ value: id, stories }) => ({ id, label: name(id), trailing: count(stories) }))
  ]
  const set = (key: 'section' | 'author' | 'language' | 'since', chosen: string): void => {
    const { [key]: _old, ...rest } = value
    onChange(chosen === ANY ? rest : { ...rest, [key]: chosen })
  }
  /** The current choice stays in the list even if no story matches it any more. */
  const withChosen = (options: Option[], chosen: string | undefined, label = chosen): Option[] =>
    chosen === undefined || options.some(({ id }) => id === chosen)
      ? options
      : [...options, { id: chosen, label: label ?? chosen, trailing: count(0) }]
  return (
    <>
      <Select
        label={words.section}
        value={value.section ?? ANY}
        onChange={(chosen) => set('section', chosen)}
        options={withChosen(choices(facets?.sections), value.section)}
      />
      <ComboBox
        label={words.author}
        value={value.author ?? ANY}
        onChange={(chosen) => set('author', chosen)}
        options={withChosen(choices(facets?.authors), value.author)}
      />
      <Select
        label={words.language}
        value={value.language ?? ANY}
        onChange={(chosen) => set('language', chosen)}
        options={withChosen(choices(facets?.languages, languageName), value.language)}
      />
      <Select
        label={words.since}
        value={value.since ?? ANY}
        onChange={(chosen) => set('since', chosen)}
        options={[
          { id: ANY as string, label: words.any },
          ...stretches.map((id, at) => ({
            id: id as string,
            label: words.sinceNames[id],
            ...(facets && { trailing: count(facets.since[at] ?? 0) })
          }))
        ]}
      />
      {isOn && (
        <Button size="small" variant="quiet" onPress={() => onChange({ shown: value.shown })}>
          {words.clearFilters}
        </Button>
      )}
    </>
  )
}
