import { CircleAlert, Eye } from 'lucide-react'
import type { Finding } from '../../../shared/checks/finding.ts'
import { useFindings } from '../../api/checks.ts'
import type { OpenStory } from '../../api/open-story.ts'
import { useStrings } from '../../strings/strings.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { FindingList } from './FindingList.tsx'
import './checks.css'

/** The inspector's Checks tab: what stops publishing, what is worth a look, and the way to each. */
export function ChecksPanel({ story }: { readonly story: OpenStory }) {
  const { checks: words } = useStrings()
  const findings = useFindings(story)
  if (!findings) return <p className="checks checks-lead">{words.checking}</p>
  if (findings.length === 0)
    return (
      <div className="checks" role="status">
        <EmptyState title={words.empty}>{words.emptyText}</EmptyState>
      </div>
    )
  const group = (level: Finding['level']) => findings.filter((finding) => finding.level === level)
  return (
    <div className="checks">
      {group('required').length > 0 && (
        <section aria-label={words.requiredTitle}>
          <h2 className="panel-title checks-title" data-level="required">
            <CircleAlert aria-hidden /> {words.requiredTitle}
          </h2>
          <FindingList findings={group('required')} story={story} />
        </section>
      )}
      {group('advised').length > 0 && (
        <section aria-label={words.advisedTitle}>
          <h2 className="panel-title checks-title">
            <Eye aria-hidden /> {words.advisedTitle}
          </h2>
          <FindingList findings={group('advised')} story={story} />
        </section>
      )}
    </div>
  )
}
