import { useState } from 'react'
import { FileText } from 'lucide-react'
import { useAllCommands, type Command } from '../../api/commands.ts'
import { navigate } from '../../api/router.ts'
import { useCall } from '../../api/use-call.ts'
import { useStrings } from '../../strings/strings.ts'
import { Kbd } from '../../ui/Kbd.tsx'
import { StatusDot } from '../../ui/Status.tsx'
import { fuzzyScore } from './fuzzy.ts'
import { Palette, type PaletteEntry } from './Palette.tsx'

const MOST_COMMANDS = 12

/** Every command and the stories one is likely to want, a few letters away. */
export function CommandPalette({ onClose }: { readonly onClose: () => void }) {
  const all = useStrings()
  const words = all.palette
  const commands = useAllCommands()
  const [query, setQuery] = useState('')
  const text = query.trim()
  const stories = useCall(
    async (call, signal) => ({
      text,
      stories:
        text === ''
          ? (await call.library.page({ filter: {}, sort: 'changed', descending: true, limit: 6 }, signal)).rows
          : (await call.library.search({ text, filter: {}, order: 'newest', limit: 8 }, signal)).hits.map(
              (hit) => hit.summary
            )
    }),
    [text]
  )

  const fitting = commandsFor(commands, text).map((command): PaletteEntry & { readonly group: string } => ({
    id: command.id,
    group: text === '' ? command.group : words.commands,
    row: (
      <>
        <span className="palette-title" dir="auto">
          {command.title}
        </span>
        {command.keys && <Kbd keys={command.keys} />}
      </>
    ),
    run: command.run
  }))
  const recent = (stories.data?.stories ?? []).map((story): PaletteEntry => ({
    id: story.id,
    group: words.stories,
    row: (
      <>
        <FileText aria-hidden />
        <span className="palette-title palette-story" dir="auto">
          {story.headline || story.slugline || all.common.untitled}
        </span>
        <StatusDot status={story.status} />
      </>
    ),
    run: () => navigate({ name: 'story', id: story.id })
  }))
  const groups = Object.values<string>(words.groups)
  const entries =
    text === ''
      ? [...recent, ...groups.flatMap((group) => fitting.filter((entry) => entry.group === group))]
      : [...fitting.slice(0, MOST_COMMANDS), ...recent]
  const isBehind = stories.data?.text !== text && stories.error === null

  return (
    <Palette
      label={words.label}
      placeholder={words.placeholder}
      query={query}
      onQuery={setQuery}
      entries={entries}
      // Commands are there at once, and come first.
      isBehind={isBehind && (text === '' || fitting.length === 0)}
      none={words.none}
      onClose={onClose}
    />
  )
}

/** Those whose title, or other name, has the letters of the text in their order; the best first. */
function commandsFor(commands: readonly Command[], text: string): Command[] {
  if (text === '') return [...commands]
  return commands
    .map((command) => ({ command, score: fuzzyScore(text, `${command.title} ${command.also ?? ''}`) }))
    .filter(({ score }) => score !== null)
    .sort((a, b) => (b.score ?? 0) - (a.score ?? 0))
    .map(({ command }) => command)
}
