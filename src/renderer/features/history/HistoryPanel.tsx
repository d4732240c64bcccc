import { Suspense, useState } from 'react'
import { Pilcrow, Tag } from 'lucide-react'
import type { RevisionInfo, VersionPart } from '../../../shared/contract/revisions.ts'
import { sayFailure } from '../../api/say-failure.ts'
import { useApi } from '../../api/api.tsx'
import { runCommand } from '../../api/commands.ts'
import { useSettings } from '../../api/desk.tsx'
import type { OpenStory } from '../../api/open-story.ts'
import { useSlots } from '../../api/slots.tsx'
import { useStore } from '../../api/store.ts'
import { useCall } from '../../api/use-call.ts'
import { useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { moment } from '../../ui/format.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { toast } from '../../ui/Toast.tsx'
import { NameDialog } from './NameDialog.tsx'
import './history.css'

/** The versions of a story, newest first: each compared with the desk, and brought back whole or in parts. */
export function HistoryPanel({ story, isDisabled }: { readonly story: OpenStory; readonly isDisabled: boolean }) {
  const { history: words, common } = useStrings()
  const api = useApi()
  const { zone } = useSettings()
  const { CompareButton } = useSlots()
  const present = useStore(story.revision)
  const { data, reload } = useCall(
    (call, signal) => call.revisions.list({ storyId: story.id }, signal),
    [story.id, present]
  )
  const [naming, setNaming] = useState<RevisionInfo | 'present' | null>(null)

  const restore = async (revision: number, part?: VersionPart): Promise<void> => {
    await story.flush()
    const { restore: bringBack } = api.call.revisions
    const restored = await bringBack({ storyId: story.id, revision, ...(part && { part }) })
    toast({
      tone: 'ok',
      text: part ? words.restoredPart : words.restored,
      action: {
        label: common.undo,
        run: () => void bringBack({ storyId: story.id, revision: restored.revision - 1 }).catch(sayFailure)
      }
    })
  }
  const giveName = async (version: RevisionInfo | 'present', name: string): Promise<void> => {
    if (version === 'present') await story.flush()
    await api.call.revisions.name({
      storyId: story.id,
      ...(version !== 'present' && { revision: version.revision }),
      name
    })
  }
  const load = async (revision: number) => {
    await story.flush()
    const [before, after] = await Promise.all([
      api.call.revisions.get({ storyId: story.id, revision }),
      api.call.stories.get({ id: story.id })
    ])
    return { before, after }
  }

  if (data?.length === 0) return <EmptyState title={words.empty}>{words.lead}</EmptyState>
  return (
    <div className="history">
      <p className="history-lead">{words.lead}</p>
      <Button size="small" icon={<Tag />} isDisabled={isDisabled} onPress={() => setNaming('present')}>
        {words.keepNow}
      </Button>
      <Button
        size="small"
        icon={<Pilcrow />}
        isDisabled={isDisabled}
        onPress={() => {
          if (!runCommand('history.paragraph')) toast({ text: words.paragraphWhere })
        }}
      >
        {words.paragraph}
      </Button>
      <ul className="history-list" aria-label={words.tab}>
        {data?.map((version) => {
          const when = moment(version.savedAt, zone)
          return (
            <li key={version.revision}>
              <div className="history-what">
                <strong dir="auto">{version.name ?? words.reasons[version.reason]}</strong>
                <time dateTime={version.savedAt}>{when}</time>
                <span dir="auto">{version.headline || common.untitled}</span>
                <span>
                  {[
                    version.revision === present && words.now,
                    words.words(version.words),
                    version.person && words.by(version.person, version.machine ?? '')
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </div>
              <div className="history-do">
                <IconButton
                  label={version.name === null ? words.name : words.nameAgain}
                  icon={<Tag />}
                  isDisabled={isDisabled}
                  onPress={() => setNaming(version)}
                />
                <Suspense>
                  {CompareButton && version.revision !== present && (
                    <CompareButton
                      label={words.compare}
                      description={words.look(when)}
                      title={words.compareTitle(when)}
                      names={{ before: words.versionOf(when), after: words.desk }}
                      load={() => load(version.revision)}
                      restore={
                        isDisabled
                          ? undefined
                          : {
                              choose: words.choose,
                              all: words.restoreAll,
                              some: words.restoreSome,
                              run: (part) => restore(version.revision, part)
                            }
                      }
                    />
                  )}
                </Suspense>
              </div>
            </li>
          )
        })}
      </ul>
      {naming && (
        <NameDialog
          name={naming === 'present' ? null : naming.name}
          title={naming === 'present' ? words.keepNow : naming.name === null ? words.name : words.nameAgain}
          onClose={() => setNaming(null)}
          onName={(name) => {
            setNaming(null)
            giveName(naming, name).then(reload, sayFailure)
          }}
        />
      )}
    </div>
  )
}
