import { compareBodies } from '../../../shared/document/diff/compare-bodies.ts'
import type { Block } from '../../../shared/document/document.ts'
import type { OpenStory } from '../../api/open-story.ts'
import { useSettings } from '../../api/desk.tsx'
import { useCall } from '../../api/use-call.ts'
import { useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { moment } from '../../ui/format.ts'
import './history.css'

export interface ParagraphHistoryProps {
  readonly story: OpenStory
  readonly blockId: string
  readonly onClose: () => void
}

/** What a paragraph was before: each wording, what differs from the one on the desk, and the way back to it. */
export function ParagraphHistory({ story, blockId, onClose }: ParagraphHistoryProps) {
  const { history: words } = useStrings()
  const { zone } = useSettings()
  const { data } = useCall(
    async (call, signal) => {
      await story.flush()
      return call.revisions.wordings({ storyId: story.id, blockId }, signal)
    },
    [story.id, blockId]
  )
  const now = story.body().blocks.find(({ id }) => id === blockId)
  return (
    <Dialog
      title={words.paragraph}
      lead={data?.length === 0 ? words.paragraphNone : words.paragraphLead}
      isOpen
      onClose={onClose}
    >
      <ul className="history-list" aria-label={words.paragraph}>
        {data?.map(({ version, block }) => {
          const when = moment(version.savedAt, zone)
          const said = differing(block, now ?? block)
          const isSaidAlike = said.every(({ kind }) => kind === 'same')
          return (
            <li key={version.revision}>
              <div className="history-what">
                <p dir="auto">
                  <Differing words={said} />
                </p>
                <span>
                  {[
                    isSaidAlike && words.saidAlike,
                    when,
                    version.name,
                    version.person && words.by(version.person, version.machine ?? '')
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </div>
              <Button
                size="small"
                aria-label={words.paragraphBackFrom(when)}
                onPress={() => {
                  onClose()
                  // The dialog gives the focus back as it closes; after that it goes on to the paragraph.
                  setTimeout(() => story.replaceBlock(block), 80)
                }}
              >
                {words.paragraphBack}
              </Button>
            </li>
          )
        })}
      </ul>
    </Dialog>
  )
}

const differing = (before: Block, after: Block) => compareBodies([before], [after]).flatMap(({ words }) => words)

function Differing({ words }: { readonly words: ReturnType<typeof differing> }) {
  return words.map(({ kind, text }, at) =>
    kind === 'same' ? (
      <span key={at}>{text}</span>
    ) : kind === 'gone' ? (
      <ins key={at}>{text}</ins>
    ) : (
      <del key={at}>{text}</del>
    )
  )
}
