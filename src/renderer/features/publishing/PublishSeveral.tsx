import { useEffect, useState } from 'react'
import { CircleAlert, CircleCheck, Send } from 'lucide-react'
import type { OutboxItem } from '../../../shared/contract/outbox.ts'
import type { Target } from '../../../shared/contract/publishing.ts'
import { canFire } from '../../../shared/publishing/targets/index.ts'
import { newId } from '../../../shared/lib/id.ts'
import { toWireError, type WireError } from '../../../shared/rpc/errors.ts'
import { whyNotPublished } from '../../../shared/checks/publishable.ts'
import { laterOf, type Instant } from '../../../shared/story/instant.ts'
import type { Message } from '../../../shared/words/message.ts'
import { useApi, type Api } from '../../api/api.tsx'
import { openStory } from '../../api/open-story.ts'
import { useOutbox } from '../../api/outbox.ts'
import { publishRequest } from '../../api/publish-request.ts'
import { useCall } from '../../api/use-call.ts'
import { useStore } from '../../api/store.ts'
import { inWords, useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { Sheet } from '../../ui/Dialog.tsx'
import { moment } from '../../ui/format.ts'
import { Notice } from '../../ui/Notice.tsx'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { Select } from '../../ui/Select.tsx'
import { hourOf, waitingFor } from './publish-label.ts'
import { saidOfQueued } from './several-said.ts'
import './publishing.css'

/** Stories checked and published in one go; each is checked and approved separately. */
const MOST = 100

/** A story on its way through the check and the approval. */
interface Row {
  readonly id: string
  readonly headline: string
  readonly revision: number
  readonly state: 'ready' | 'held' | 'queued'
  /** The targets on which it is live. */
  readonly liveOn: readonly string[]
  /** The story's planned hour, and its embargo. */
  readonly planned: Instant | null
  readonly embargo: Instant | null
  /** Its delivery, as it was queued. */
  readonly item: OutboxItem | null
  /** The targets that have it or have had it: an update waits on this laptop. */
  readonly wasOn: readonly string[]
  /** What holds it up, or what was found that does not. */
  readonly why: readonly Message[]
}

/** Publishes several stories. Opens on `publishRequest`; mounted once, over the desk. */
export function PublishSeveral() {
  const words = useStrings().libraryMany
  const ids = useStore(publishRequest)
  return (
    <Sheet title={words.publishTitle(ids?.length ?? 0)} isOpen={ids !== null} onClose={() => publishRequest.set(null)}>
      {ids && <Several ids={ids.slice(0, MOST)} isPart={ids.length > MOST} />}
    </Sheet>
  )
}

function Several({ ids, isPart }: { readonly ids: readonly string[]; readonly isPart: boolean }) {
  const api = useApi()
  const all = useStrings()
  const words = all.libraryMany
  const targets = useCall((call, signal) => call.publishing.targets({}, signal), []).data
  const [targetId, setTargetId] = useState<string | null>(null)
  const [rows, setRows] = useState<readonly Row[] | null>(null)
  const [done, setDone] = useState(0)
  const [busy, setBusy] = useState(false)
  const [when, setWhen] = useState<'own' | 'now'>('own')
  const items = useOutbox()
  const target = targets?.find(({ id }) => id === targetId) ?? targets?.[0]

  useEffect(() => {
    const abort = new AbortController()
    void (async () => {
      const found: Row[] = []
      await openStory
        .get()
        ?.flush()
        .catch(() => undefined)
      for (const id of ids) {
        found.push(await look(api, id, abort.signal))
        if (abort.signal.aborted) return
        setDone(found.length)
      }
      setRows(found)
    })()
    return () => abort.abort()
  }, [api, ids])

  const ready = rows?.filter(({ state }) => state === 'ready') ?? []
  const advised = ready.filter(({ why }) => why.length > 0).length
  const queued = rows?.filter(({ state }) => state === 'queued').length ?? 0

  /** When it would be published unless the user chooses "now". */
  const hourToRun = ({ id, planned, liveOn }: Row): Instant | null => {
    const own = items.filter(({ storyId }) => storyId === id)
    const isLive = target !== undefined && liveOn.includes(target.id)
    return hourOf(own, { targetId: target?.id, planned, isLive }, Date.now())
  }
  /** The hour it would wait for if it were queued at this moment. */
  const hourShown = (row: Row): Instant | null => {
    const later = laterOf(when === 'now' ? null : hourToRun(row), row.embargo)
    return later && Date.parse(later.utc) > Date.now() ? later : null
  }
  /** The same default as in the core: a delivery that was made to wait on this laptop goes on doing so. */
  const siteFires = ({ id, wasOn }: Row): boolean => {
    if (!target || !canFire(target) || wasOn.includes(target.id)) return false
    const own = items.filter(({ storyId }) => storyId === id)
    const waiting = waitingFor(own, target.id)
    return waiting === undefined || waiting.notBefore === null || waiting.firedBy === 'cms'
  }
  const anyHour = ready.some((row) => hourToRun(row) !== null)

  const publish = async (to: Target): Promise<void> => {
    setBusy(true)
    for (const row of ready) {
      const next = await send(api, row, to, when === 'now')
      setRows((old) => old?.map((one) => (one.id === row.id ? next : one)) ?? null)
    }
    setBusy(false)
  }

  const standing = (row: Row): string => {
    if (row.state === 'held') return words.publishHeld
    const { item } = row
    // The sheet may stay open until it is live, or has stopped.
    if (item) return saidOfQueued(items.find(({ id }) => id === item.id) ?? item, all, Date.now())
    const hour = hourShown(row)
    const at = hour && moment(hour.utc, hour.zone)
    const ready = row.why.length > 0 ? words.publishAdvice(row.why.length) : words.publishReady
    if (!at) return ready
    return `${ready} · ${siteFires(row) ? words.publishSiteFires(at) : words.publishWillWait(at)}`
  }

  if (targets?.length === 0) return <Notice tone="warn">{words.noTarget}</Notice>
  if (!rows) return <ProgressBar label={words.publishChecking} done={done} total={ids.length} />
  return (
    <div className="publish">
      <Select
        label={all.publishing.target}
        value={target?.id ?? null}
        onChange={setTargetId}
        options={(targets ?? []).map(({ id, name, url }) => ({ id, label: name, detail: url }))}
      />
      {anyHour && (
        <SegmentedControl
          label={all.publishing.when}
          value={when}
          onChange={setWhen}
          options={[
            { id: 'own', label: words.publishOwnHour },
            { id: 'now', label: all.publishing.now }
          ]}
        />
      )}
      {isPart && <Notice>{words.publishLimit(MOST)}</Notice>}
      {advised > 0 && <Notice tone="warn">{words.publishAdvised(advised)}</Notice>}
      {queued > 0 && <Notice tone="ok">{words.publishDone(queued)}</Notice>}
      <Button
        variant="primary"
        size="large"
        icon={<Send />}
        isDisabled={!target || ready.length === 0}
        isPending={busy}
        onPress={() => {
          if (target) void publish(target)
        }}
      >
        {words.publishDo(ready.length)}
      </Button>
      <ul className="publish-several">
        {rows.map((row) => (
          <li key={row.id} data-state={row.state}>
            {row.state === 'held' ? <CircleAlert aria-hidden /> : <CircleCheck aria-hidden />}
            <div>
              <strong dir="auto">{row.headline || all.common.untitled}</strong>
              <p>{standing(row)}</p>
              {row.why.map((why, at) => (
                <p key={at} className="publish-several-why">
                  {inWords(why)}
                </p>
              ))}
            </div>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Checks the stored version of the story. */
async function look(api: Api, id: string, signal: AbortSignal): Promise<Row> {
  try {
    const [story, standings] = await Promise.all([
      api.call.stories.get({ id }, signal),
      api.call.publishing.standings({ storyId: id }, signal)
    ])
    const liveOn = standings.filter(({ state }) => state === 'live').map(({ targetId }) => targetId)
    const { revision, fields } = story
    const { headline, times } = fields
    const wasOn = standings.filter(({ receipt }) => receipt !== null).map(({ targetId }) => targetId)
    const hours = {
      planned: times.planned ?? null,
      embargo: times.embargo,
      item: null,
      liveOn,
      wasOn
    }
    const never = whyNotPublished(story)
    if (never) return { id, headline, revision, state: 'held', why: [never], ...hours }
    const { findings } = await api.call.checks.story({ id }, signal)
    const required = findings.filter(({ level }) => level === 'required')
    const why = (required.length > 0 ? required : findings).map(({ said }) => said)
    return { id, headline, revision, state: required.length > 0 ? 'held' : 'ready', why, ...hours }
  } catch (thrown) {
    const why = [toWireError(thrown)]
    return {
      id,
      headline: '',
      revision: 0,
      state: 'held',
      why,
      planned: null,
      embargo: null,
      item: null,
      liveOn: [],
      wasOn: []
    }
  }
}

/** Approves exactly the revision that was checked; a story changed since then is refused. */
async function send(api: Api, row: Row, { id: targetId }: Target, now: boolean): Promise<Row> {
  const { id: storyId, revision } = row
  try {
    const item = await api.call.publishing.publish({
      storyId,
      targetId,
      revision,
      changeId: newId(),
      ...(now && { at: null })
    })
    return { ...row, state: 'queued', why: [], item }
  } catch (thrown) {
    const why: WireError = toWireError(thrown)
    return { ...row, state: 'held', why: [why] }
  }
}
