import { FileDown } from 'lucide-react'
import { useOpenStory } from '../../api/open-story.ts'
import { useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { exportOpenStory } from './ExportDialog.tsx'

export function ExportButton() {
  const words = useStrings()
  const story = useOpenStory()
  return (
    <Button icon={<FileDown />} isDisabled={!story} onPress={exportOpenStory}>
      {words.exporting.button}
    </Button>
  )
}
