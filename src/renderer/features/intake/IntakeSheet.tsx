import { useCallback, useEffect, useState } from 'react'
import { GalleyError } from '../../../shared/rpc/errors.ts'
import type { IntakeReview, LineRole } from '../../../shared/contract/intake.ts'
import { sayFailure } from '../../api/say-failure.ts'
import { useApi } from '../../api/api.tsx'
import { useCommands } from '../../api/commands.ts'
import { useSettings } from '../../api/desk.tsx'
import { openStory } from '../../api/open-story.ts'
import { navigate } from '../../api/router.ts'
import type { IntakeFile } from '../../api/slots.tsx'
import { useStore } from '../../api/store.ts'
import { useCall } from '../../api/use-call.ts'
import { inWords, useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { Sheet } from '../../ui/Dialog.tsx'
import { toast } from '../../ui/Toast.tsx'
import { dropFirst, intakeQueue, takeIn } from './intake-queue.ts'
import { IntakeDraft } from './IntakeDraft.tsx'
import { IntakeLines } from './IntakeLines.tsx'
import './intake.css'
import { say } from '../../../shared/words/message.ts'

/** Frames that a story has, to be drawn. */
const PATIENCE = 300

/** The review of whatever came in, one page after the other. Mounted once, over the desk. */
export function IntakeSheet() {
  const words = useStrings()
  const queue = useStore(intakeQueue)
  const first = queue[0]
  useCommands([
    {
      id: 'intake.paste',
      title: words.intake.pasteCommand,
      group: words.palette.groups.story,
      also: 'paste wire text page',
      keys: 'Mod+Alt+V',
      run: () => {
        void takeFromClipboard(words.intake.pasted, words.intake.noFile)
      }
    }
  ])
  return first ? <ReviewSheet key={`${first.name}-${queue.length}`} file={first} waiting={queue.length - 1} /> : null
}

function ReviewSheet({ file, waiting }: { readonly file: IntakeFile; readonly waiting: number }) {
  const api = useApi()
  const words = useStrings()
  const settings = useSettings()
  /** What the person has said of lines, change by change; the last is what holds. */
  const [changes, setChanges] = useState<readonly Readonly<Record<string, LineRole>>[]>([{}])
  const assignments = changes.at(-1) ?? {}
  const [zone, setZone] = useState(settings.zone)
  const [accepting, setAccepting] = useState(false)
  const source = { name: file.name, bytes: file.bytes, ...(file.type && { type: file.type }) }
  const review = useCall(
    (call, signal) => call.intake.review({ source, zone, assignments: { ...assignments } }, signal),
    [file, zone, assignments]
  )
  const json = review.error?.detail?.['json'] === true
  const assign = useCallback((lines: readonly number[], role: LineRole) => {
    setChanges((old) => [...old, { ...old.at(-1), ...Object.fromEntries(lines.map((line) => [line, role])) }])
  }, [])
  const undo = useCallback(() => setChanges((old) => old.slice(0, -1)), [])

  useEffect(() => {
    if (!json) return
    void importJson(api, file)
      .then((name) => toast({ tone: 'ok', text: words.intake.imported(name) }), sayFailure)
      .finally(dropFirst)
  }, [json, api, file, words])

  const accept = async (into?: string): Promise<void> => {
    setAccepting(true)
    try {
      const story = await api.call.intake.accept({
        source,
        zone,
        assignments: { ...assignments },
        ...(into && { into })
      })
      if (into) toast({ tone: 'ok', text: words.intake.updatedKnown })
      dropFirst()
      if (waiting === 0) begin(story.id)
    } catch (thrown) {
      setAccepting(false)
      sayFailure(thrown)
    }
  }

  return (
    <Sheet
      size="full"
      isOpen
      onClose={dropFirst}
      title={words.intake.title(file.name)}
      lead={words.intake.lead}
      actions={
        <>
          {review.data && <Account review={review.data} />}
          {waiting > 0 && <span className="intake-waiting">{words.intake.more(waiting)}</span>}
          <Button onPress={dropFirst}>{waiting > 0 ? words.intake.skip : words.common.cancel}</Button>
          <Button
            variant="primary"
            isDisabled={!review.data}
            isPending={accepting}
            onPress={() => {
              void accept()
            }}
          >
            {accepting ? words.intake.acceptAgain : words.intake.accept}
          </Button>
        </>
      }
    >
      {review.data ? (
        <div className="intake" data-busy={review.loading || undefined}>
          <IntakeLines review={review.data} onAssign={assign} onUndo={changes.length > 1 ? undo : null} />
          <IntakeDraft
            review={review.data}
            zone={zone}
            onZone={setZone}
            isBusy={accepting}
            onOpen={(id) => {
              dropFirst()
              begin(id)
            }}
            onUpdate={({ storyId }) => {
              void accept(storyId)
            }}
          />
        </div>
      ) : review.error && !json ? (
        <EmptyState
          title={words.intake.failedTitle}
          actions={<Button onPress={dropFirst}>{words.common.close}</Button>}
        >
          {inWords(review.error)}
        </EmptyState>
      ) : (
        <div className="intake-reading">
          <ProgressBar label={words.intake.reading(file.name)} done={0} total={null} />
        </div>
      )}
    </Sheet>
  )
}

function Account({ review }: { readonly review: IntakeReview }) {
  const words = useStrings()
  const lines = review.lines.filter((line) => line.role !== 'blank')
  const kept = lines.filter((line) => line.kept).length
  return (
    <span className="intake-account" role="status">
      {words.intake.account(kept, lines.length - kept)}
    </span>
  )
}

async function importJson(api: ReturnType<typeof useApi>, file: IntakeFile): Promise<string> {
  const { id } = await api.call.exports.importJson({ name: file.name, text: new TextDecoder().decode(file.bytes) })
  begin(id)
  return file.name
}

/** Opens a story with the focus on its first line: the sheet that had it has gone. */
function begin(id: string): void {
  navigate({ name: 'story', id })
  let frames = PATIENCE
  const look = (): void => {
    const headline = openStory.get()?.id === id ? document.querySelector<HTMLElement>('.page-headline') : null
    if (headline) headline.focus()
    else if (frames-- > 0) requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}

/** HTML where the clipboard has it, because it says more about the page; text otherwise. */
async function takeFromClipboard(name: string, nothing: string): Promise<void> {
  try {
    const items = await navigator.clipboard.read()
    for (const type of ['text/html', 'text/plain']) {
      const item = items.find((candidate) => candidate.types.includes(type))
      if (!item) continue
      const bytes = new Uint8Array(await (await item.getType(type)).arrayBuffer())
      if (bytes.length > 0) return takeIn([{ name, type, bytes }])
    }
    toast({ text: nothing })
  } catch {
    sayFailure(new GalleyError('unsupported', say('intake.noClipboard')))
  }
}
