import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react'
import { Plus } from 'lucide-react'
import type { Target } from '../../../shared/contract/publishing.ts'
import { targetKind } from '../../../shared/publishing/targets/index.ts'
import { sayFailure } from '../../api/say-failure.ts'
import { useApi } from '../../api/api.tsx'
import { useAppInfo } from '../../api/desk.tsx'
import { useStore } from '../../api/store.ts'
import { useCall } from '../../api/use-call.ts'
import { inWords, useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { addTargetAsked } from './add-target-asked.ts'
import { CertificateDialog } from './CertificateDialog.tsx'
import { LeftoversDialog } from './LeftoversDialog.tsx'
import { TargetDialog } from './TargetDialog.tsx'
import { TargetTrial } from './target-trial.ts'
import './publishing.css'

/** The settings section with this desk's CMS targets and the practice CMS. */
export function TargetsSettings() {
  const api = useApi()
  const words = useStrings()
  const targets = useCall((call, signal) => call.publishing.targets({}, signal), [])
  const practice = useCall((call, signal) => call.publishing.practice({}, signal), [])
  const [editing, setEditing] = useState<Target | 'new' | null>(null)
  /** The one added last, which is tested at once. */
  const [added, setAdded] = useState<string | null>(null)
  const [removing, setRemoving] = useState<Target | null>(null)
  const [looking, setLooking] = useState<Target | null>(null)
  const [tidying, setTidying] = useState<Target | null>(null)
  const add = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!addTargetAsked.get()) return
    addTargetAsked.set(false)
    // The dialog returns the focus to where it was.
    add.current?.querySelector('button')?.focus()
    setEditing('new')
  }, [])
  const changed = (): void => {
    targets.reload()
    practice.reload()
  }
  const own = targets.data?.filter((target) => targetKind(target.kind).addedByHand) ?? []
  return (
    <div className="targets">
      <ul className="targets-list">
        {own.map((target) => (
          <TargetRow
            key={target.id}
            target={target}
            isAdded={target.id === added}
            onEdit={() => setEditing(target)}
            onLook={() => setLooking(target)}
            onTidy={() => setTidying(target)}
            onRemove={() => setRemoving(target)}
          />
        ))}
        <li className="targets-row">
          <div className="targets-words">
            <b>{words.publishing.practice}</b>
            <span>
              {practice.data?.running && practice.data.url
                ? words.publishing.practiceRunning(practice.data.url)
                : words.publishing.practiceStopped}{' '}
              · {words.publishing.practiceText}
            </span>
          </div>
          {practice.data?.running ? (
            <>
              <Button
                size="small"
                onPress={() => {
                  api.call.app.openLink({ url: practice.data?.url ?? '' }).catch(sayFailure)
                }}
              >
                {words.publishing.openPractice}
              </Button>
              <Button
                size="small"
                variant="quiet"
                onPress={() => {
                  api.call.publishing.stopPractice({}).then(changed, sayFailure)
                }}
              >
                {words.publishing.stopPractice}
              </Button>
            </>
          ) : (
            <Button
              size="small"
              onPress={() => {
                api.call.publishing.startPractice({}).then(changed, sayFailure)
              }}
            >
              {words.publishing.startPractice}
            </Button>
          )}
        </li>
      </ul>
      <div ref={add}>
        <Button icon={<Plus />} onPress={() => setEditing('new')}>
          {words.publishing.addTarget}
        </Button>
      </div>
      {editing && (
        <TargetDialog
          target={editing === 'new' ? null : editing}
          onClose={() => setEditing(null)}
          onSaved={(saved) => {
            if (editing === 'new') setAdded(saved.id)
            setEditing(null)
            changed()
          }}
        />
      )}
      {looking && (
        <CertificateDialog
          targetId={looking.id}
          name={looking.name}
          onClose={() => {
            setLooking(null)
            changed()
          }}
        />
      )}
      {tidying && <LeftoversDialog target={tidying} onClose={() => setTidying(null)} />}
      <Dialog
        title={words.publishing.removeTitle(removing?.name ?? '')}
        lead={words.publishing.removeText}
        role="alertdialog"
        width="small"
        isOpen={removing !== null}
        onClose={() => setRemoving(null)}
        actions={
          <>
            <Button onPress={() => setRemoving(null)}>{words.common.cancel}</Button>
            <Button
              variant="danger"
              onPress={() => {
                if (removing) api.call.publishing.removeTarget({ id: removing.id }).then(changed, sayFailure)
                setRemoving(null)
              }}
            >
              {words.publishing.remove}
            </Button>
          </>
        }
      />
    </div>
  )
}

function TargetRow({
  target,
  isAdded,
  onEdit,
  onLook,
  onTidy,
  onRemove
}: {
  readonly target: Target
  readonly isAdded: boolean
  readonly onEdit: () => void
  /** Called when its certificate is in the way. */
  readonly onLook: () => void
  readonly onTidy: () => void
  readonly onRemove: () => void
}) {
  const api = useApi()
  const words = useStrings()
  const { capabilities } = useAppInfo()
  const [trial] = useState(() => new TargetTrial())
  const { isAsking, told } = useStore(trial.view)
  // Another window or the command line may have changed it.
  const fields = JSON.stringify(target)
  useLayoutEffect(() => () => trial.forget(), [trial, fields])
  const test = (): void => {
    trial
      .ask(() => api.call.publishing.testTarget({ id: target.id }))
      .then((reply) => {
        if (reply?.certificate) onLook()
        else if (reply) trial.tell({ ok: reply.ok, text: inWords(reply.message) })
      }, sayFailure)
  }
  const testAdded = useEffectEvent(test)
  useEffect(() => {
    if (isAdded) testAdded()
  }, [isAdded])
  return (
    <li className="targets-row">
      <div className="targets-words">
        <b>{target.name}</b>
        <span dir="ltr">{target.url}</span>
        <span>
          {words.publishing.kinds[target.kind].name} ·{' '}
          {!capabilities.keychain && target.secret === 'this-run'
            ? words.publishing.secretRun
            : words.publishing.secretStates[target.secret]}
        </span>
      </div>
      <div className="targets-acts">
        <Button size="small" isPending={isAsking} onPress={test}>
          {isAsking ? words.publishing.testing : words.publishing.test}
        </Button>
        {/* On the other kinds Galley names what it sends, so sending again overwrites the same entry and leaves
            nothing over. */}
        {targetKind(target.kind).ownIds && (
          <Button size="small" variant="quiet" onPress={onTidy}>
            {words.leftovers.look}
          </Button>
        )}
        <Button
          size="small"
          variant="quiet"
          onPress={() => {
            // The address or the secret may be another afterwards.
            trial.forget()
            onEdit()
          }}
        >
          {words.publishing.edit}
        </Button>
        <Button size="small" variant="quiet" onPress={onRemove}>
          {words.publishing.remove}
        </Button>
      </div>
      {told && <Notice tone={told.ok ? 'ok' : 'danger'}>{told.text}</Notice>}
    </li>
  )
}
