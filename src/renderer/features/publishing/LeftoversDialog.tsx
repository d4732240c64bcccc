import { useEffect, useRef, useState } from 'react'
import type { Orphan, Target } from '../../../shared/contract/publishing.ts'
import type { Message } from '../../../shared/words/message.ts'
import { toWireError, type WireError } from '../../../shared/rpc/errors.ts'
import { useApi } from '../../api/api.tsx'
import { useCall } from '../../api/use-call.ts'
import { inWords, useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { ProgressBar } from '../../ui/ProgressBar.tsx'

/** Removed per call; the CMS is checked again for each. */
const AT_ONCE = 10

/** Lists what faults left behind on a CMS, and removes one entry or all of them. */
export function LeftoversDialog({ target, onClose }: { readonly target: Target; readonly onClose: () => void }) {
  const api = useApi()
  const words = useStrings()
  const said = words.leftovers
  const found = useCall((call, signal) => call.publishing.orphans({ targetId: target.id }, signal), [target.id])
  const [removed, setRemoved] = useState<ReadonlySet<string>>(new Set())
  /** Already gone, or in use by then, when checked again. */
  const [noMore, setNoMore] = useState<ReadonlySet<string>>(new Set())
  /** Why an entry could not be removed, by its id. */
  const [stayed, setStayed] = useState<ReadonlyMap<string, Message>>(new Map())
  const [failure, setFailure] = useState<WireError | null>(null)
  const [removing, setRemoving] = useState<{ readonly done: number; readonly of: number } | null>(null)
  const isShown = useRef(true)
  useEffect(() => {
    isShown.current = true
    return () => void (isShown.current = false)
  }, [])
  const there = found.data?.filter(({ id }) => !removed.has(id) && !noMore.has(id)) ?? []
  const removable = there.filter(({ kept }) => kept === null)

  const remove = async (ids: readonly string[]): Promise<void> => {
    setFailure(null)
    try {
      for (let done = 0; done < ids.length && isShown.current; done += AT_ONCE) {
        setRemoving({ done, of: ids.length })
        const asked = ids.slice(done, done + AT_ONCE)
        const { removed: gone, left } = await api.call.publishing.removeOrphans({
          targetId: target.id,
          ids: [...asked]
        })
        const why = new Map(left.map(({ orphan, message }) => [orphan.id, message]))
        const away = new Set(gone.map(({ id }) => id))
        setRemoved((before) => new Set([...before, ...away]))
        setNoMore((before) => new Set([...before, ...asked.filter((id) => !away.has(id) && !why.has(id))]))
        setStayed((before) => new Map([...before, ...why]))
      }
    } catch (thrown) {
      setFailure(toWireError(thrown))
    } finally {
      setRemoving(null)
    }
  }

  return (
    <Dialog
      title={said.title(target.name)}
      lead={said.lead}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{words.common.close}</Button>
          {removable.length > 0 && (
            <Button
              variant="danger"
              isPending={removing !== null}
              onPress={() => void remove(removable.map(({ id }) => id))}
            >
              {said.removeAll(removable.length)}
            </Button>
          )}
        </>
      }
    >
      {target.kind === 'ghost' && <p className="publish-note">{said.draftsOnly}</p>}
      {found.loading && <ProgressBar label={said.looking} done={0} total={null} />}
      {found.error && (
        <Notice
          tone="danger"
          actions={
            <Button size="small" onPress={found.reload}>
              {words.common.tryAgain}
            </Button>
          }
        >
          {inWords(found.error)}
        </Notice>
      )}
      {failure && <Notice tone="danger">{inWords(failure)}</Notice>}
      <div className="leftovers-told" aria-live="polite">
        {removing && (
          <ProgressBar label={said.removing(removing.done, removing.of)} done={removing.done} total={removing.of} />
        )}
        {!removing && removed.size > 0 && <p className="publish-note">{said.removed(removed.size)}</p>}
        {!removing && noMore.size > 0 && <p className="publish-note">{said.noMore(noMore.size)}</p>}
      </div>
      {found.data && !found.error && there.length === 0 && (
        <EmptyState title={removed.size + noMore.size > 0 ? said.goneTitle : said.emptyTitle} />
      )}
      {there.length > 0 && (
        <>
          {(target.kind === 'wordpress' || target.kind === 'ghost') && (
            <p className="publish-note">{said.goesWhere[target.kind]}</p>
          )}
          <ul className="targets-list" aria-label={said.list}>
            {there.map((orphan) => (
              <LeftoverRow
                key={orphan.id}
                orphan={orphan}
                why={stayed.get(orphan.id) ?? orphan.kept}
                isBusy={removing !== null}
                onRemove={() => void remove([orphan.id])}
              />
            ))}
          </ul>
        </>
      )}
    </Dialog>
  )
}

interface LeftoverRowProps {
  readonly orphan: Orphan
  /** Why it is still there. */
  readonly why: Message | null
  readonly isBusy: boolean
  readonly onRemove: () => void
}

function LeftoverRow({ orphan, why, isBusy, onRemove }: LeftoverRowProps) {
  const words = useStrings().leftovers
  const { kind, name, headline, address, kept } = orphan
  return (
    <li className="targets-row">
      <div className="targets-words">
        <b dir="auto">{name}</b>
        <span>{headline === '' ? words.kinds[kind] : `${words.kinds[kind]}, ${words.madeFor(headline)}`}</span>
        {address && <span dir="ltr">{address}</span>}
        {why && <span>{inWords(why)}</span>}
      </div>
      {kept === null && (
        <Button size="small" aria-label={words.removeThis(name)} isDisabled={isBusy} onPress={onRemove}>
          {words.remove}
        </Button>
      )}
    </li>
  )
}
