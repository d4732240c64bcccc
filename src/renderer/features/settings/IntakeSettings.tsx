import { useRef, useState } from 'react'
import { X } from 'lucide-react'
import type { LineRole } from '../../../shared/contract/intake.ts'
import type { Settings } from '../../../shared/contract/settings.ts'
import { sameJson } from '../../../shared/lib/same-json.ts'
import { IntakeRule, parseRules } from '../../../shared/intake/rules.ts'
import { say, type Message } from '../../../shared/words/message.ts'
import { useApi } from '../../api/api.tsx'
import { sayFailure } from '../../api/say-failure.ts'
import { useSettings } from '../../api/desk.tsx'
import { chooseFiles } from '../../api/pictures.ts'
import { saveFile } from '../../api/save-file.ts'
import { inWords, useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { TextField } from '../../ui/Field.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Select } from '../../ui/Select.tsx'
import { toast } from '../../ui/Toast.tsx'

type Rules = Settings['intakeRules']

/** What a line of a page can be made by a rule that is written here; a file can hold all there is. */
const ROLES = ['furniture', 'section', 'kicker', 'byline', 'dateline', 'embargo', 'heading', 'body'] as const

/** The desk's own rules for pages that come in: a line of a kind is left out, or is what the desk says. */
export function IntakeSettings() {
  const all = useStrings()
  const words = all.settings.intake
  const api = useApi()
  const rules = useSettings().intakeRules
  const [pattern, setPattern] = useState('')
  const [role, setRole] = useState<LineRole>('furniture')
  const [refused, setRefused] = useState<Message | null>(null)
  const { problems } = parseRules(rules)
  const line = useRef<HTMLDivElement>(null)

  /** Of the rules as they are then: another one may have been written since the page was drawn, here or elsewhere. */
  const change = async (how: (now: Rules) => Rules): Promise<void> => {
    setRefused(null)
    const now = await api.call.settings.get({})
    await api.call.settings.set({ intakeRules: how(now.intakeRules) })
  }
  const add = async (): Promise<void> => {
    const [problem] = parseRules([ruleOf(pattern, role, rules)]).problems
    // Where in the rule it lies means nothing to somebody who wrote one line.
    if (problem) return setRefused({ ...problem.problem, params: { ...problem.problem.params, path: '' } })
    setPattern('')
    // The button has nothing to do now, and would take the focus with it.
    line.current?.querySelector('input')?.focus()
    try {
      await change((now) => [...now, ruleOf(pattern, role, now)])
    } catch (thrown) {
      setPattern((typed) => typed || pattern)
      throw thrown
    }
  }
  const remove = async (rule: Rules[number]): Promise<void> => {
    let at = -1
    await change((now) => {
      at = now.findIndex((one) => sameJson(one, rule))
      return now.filter((_, other) => other !== at)
    })
    // A rule written since may have got the name of this one.
    const named = (now: Rules): Rules[number] =>
      now.some(({ id }) => id === rule.id) ? { ...rule, id: freeId(now) } : rule
    const back = (): void => void change((now) => now.toSpliced(at, 0, named(now))).catch(sayFailure)
    if (at >= 0) toast({ text: words.removed, action: { label: all.common.undo, run: back } })
  }
  const take = async (): Promise<void> => {
    const [file] = await chooseFiles({ accept: '.json,application/json' })
    if (!file) return
    const read = rulesOf(await file.text())
    if (!read) return setRefused(say('intakeWarning.rulesUnreadable'))
    const [problem] = parseRules(read).problems
    if (problem) return setRefused(problem.problem)
    const news = new Set(read.map(({ id }) => id))
    await change((now) => [...now.filter(({ id }) => !news.has(id)), ...read])
    toast({ text: words.taken(read.length) })
  }

  return (
    <>
      <p className="g-description">{words.text}</p>
      {rules.length > 0 && (
        <ul className="settings-rules">
          {rules.map((rule) => {
            const problem = problems.find(({ id }) => id === rule.id)?.problem
            return (
              <li key={rule.id}>
                <span dir="auto">{nameOf(rule)}</span>
                <span className="g-description">{problem ? inWords(problem) : roleOf(rule, all.intake.roles)}</span>
                <IconButton
                  label={words.remove(nameOf(rule))}
                  icon={<X />}
                  onPress={() => void remove(rule).catch(sayFailure)}
                />
              </li>
            )
          })}
        </ul>
      )}
      <div ref={line} className="settings-rule">
        <TextField
          label={words.line}
          description={words.lineText}
          placeholder={words.lineHint}
          value={pattern}
          onChange={(next) => {
            setPattern(next)
            setRefused(null)
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && pattern.trim() !== '') add()
          }}
          error={refused && words.refused(inWords(refused).replace(/\.$/, ''))}
        />
        <Select<LineRole>
          label={words.role}
          value={role}
          onChange={setRole}
          options={ROLES.map((id) => ({ id, label: id === 'furniture' ? words.leaveOut : all.intake.roles[id] }))}
        />
        <Button isDisabled={pattern.trim() === ''} onPress={() => void add().catch(sayFailure)}>
          {words.add}
        </Button>
      </div>
      <div className="settings-buttons">
        <Button onPress={() => void take().catch(sayFailure)}>{words.take}</Button>
        <Button
          variant="quiet"
          isDisabled={rules.length === 0}
          onPress={() =>
            saveFile(words.fileName, new Blob([`${JSON.stringify(rules, null, 2)}\n`], { type: 'application/json' }))
          }
        >
          {words.give}
        </Button>
      </div>
      {problems.length > 0 && <Notice tone="warn">{words.notUsed(problems.length)}</Notice>}
    </>
  )
}

function ruleOf(pattern: string, role: LineRole, rules: Rules): Rules[number] {
  const line = pattern.trim()
  return { id: freeId(rules), description: `“${line}”`, match: { line: [line] }, role }
}

function freeId(rules: Rules): string {
  let n = rules.length + 1
  while (rules.some(({ id }) => id === `desk.${n}`)) n += 1
  return `desk.${n}`
}

function rulesOf(text: string): Rules | null {
  try {
    const read: unknown = JSON.parse(text)
    const isRules = Array.isArray(read) && read.every((one) => typeof (one as { id?: unknown } | null)?.id === 'string')
    return isRules ? (read as Rules) : null
  } catch {
    return null
  }
}

function nameOf(rule: Rules[number]): string {
  const { description } = rule
  return typeof description === 'string' && description !== '' ? description : rule.id
}

function roleOf(rule: Rules[number], roles: Readonly<Record<LineRole, string>>): string {
  const parsed = IntakeRule.safeParse(rule)
  return parsed.success ? roles[parsed.data.role] : ''
}
