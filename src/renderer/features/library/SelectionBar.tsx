import { useState } from 'react'
import { ArchiveRestore, CircleDot, Copy, FileDown, Send, Tags, Trash2, X } from 'lucide-react'
import { Button as AriaButton, Toolbar } from 'react-aria-components'
import { statuses, type Status } from '../../../shared/story/status.ts'
import { exportRequest } from '../../api/export-request.ts'
import { publishRequest } from '../../api/publish-request.ts'
import { useStore } from '../../api/store.ts'
import { useStrings } from '../../strings/strings.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Menu } from '../../ui/Menu.tsx'
import { EraseDialog } from './EraseDialog.tsx'
import { TagsDialog } from './TagsDialog.tsx'
import type { StorySelection } from './selection.ts'
import type { Many } from './use-many.ts'

export interface SelectionBarProps {
  readonly selection: StorySelection
  readonly many: Many
  /** The list shows the trash. */
  readonly inTrash: boolean
  readonly readOnly: boolean
}

/** The statuses a person may set for several stories; the others are set by publishing, or mean the trash. */
const choosable: readonly Status[] = statuses.filter((status) => ['draft', 'ready', 'approved'].includes(status))

/** Shown under the list while several stories are selected. */
export function SelectionBar({ selection, many, inTrash, readOnly }: SelectionBarProps) {
  const all = useStrings()
  const words = all.libraryMany
  const chosen = useStore(selection.view)
  const [asking, setAsking] = useState<'tags' | 'erase' | null>(null)
  const off = many.busy
  const close = (): void => setAsking(null)
  return (
    <div className="library-chosen">
      <div className="library-chosen-head">
        <span role="status">{off ? words.working : words.chosen(chosen.size)}</span>
        <IconButton label={words.clear} keys="Escape" placement="top" icon={<X />} onPress={() => selection.clear()} />
      </div>
      <Toolbar aria-label={words.actions} className="library-chosen-actions">
        {!readOnly && !inTrash && (
          <>
            <Menu
              label={words.status}
              placement="top start"
              groups={[
                {
                  title: words.status,
                  entries: choosable.map((status) => ({
                    id: status,
                    label: all.status[status],
                    icon: <span className="g-dot" data-status={status} aria-hidden />,
                    run: () => many.setStatus(status)
                  }))
                }
              ]}
            >
              <AriaButton className="g-icon-button" aria-label={words.status} isDisabled={off}>
                <CircleDot aria-hidden />
              </AriaButton>
            </Menu>
            <IconButton
              label={words.tags}
              placement="top"
              icon={<Tags />}
              isDisabled={off}
              onPress={() => setAsking('tags')}
            />
          </>
        )}
        <IconButton
          label={words.export}
          placement="top"
          icon={<FileDown />}
          isDisabled={off}
          onPress={() => exportRequest.set(selection.ids.map((id) => ({ id, headline: '' })))}
        />
        {!readOnly && !inTrash && (
          <IconButton
            label={words.publish}
            placement="top"
            icon={<Send />}
            isDisabled={off}
            onPress={() => publishRequest.set(selection.ids)}
          />
        )}
        {!readOnly && (
          <IconButton
            label={words.duplicate}
            placement="top"
            icon={<Copy />}
            isDisabled={off}
            onPress={many.duplicate}
          />
        )}
        {!readOnly && inTrash && (
          <IconButton
            label={words.restore}
            placement="top"
            icon={<ArchiveRestore />}
            isDisabled={off}
            onPress={many.restore}
          />
        )}
        {!readOnly && (
          <IconButton
            label={inTrash ? words.eraseForGood : words.trash}
            keys="Delete"
            placement="top"
            icon={<Trash2 />}
            isDisabled={off}
            onPress={() => (inTrash ? setAsking('erase') : many.setStatus('trashed'))}
          />
        )}
      </Toolbar>
      {asking === 'tags' && <TagsDialog onClose={close} onChange={many.changeTags} />}
      {asking === 'erase' && <EraseDialog stories={chosen.size} onClose={close} onErase={many.erase} />}
    </div>
  )
}
