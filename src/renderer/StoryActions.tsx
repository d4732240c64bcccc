import { ExportButton } from './features/exporting/ExportButton.tsx'
import { PublishButton } from './features/publishing/PublishButton.tsx'

/** The two ways out of the desk, at the top of the story. */
export function StoryActions() {
  return (
    <>
      <ExportButton />
      <PublishButton />
    </>
  )
}
