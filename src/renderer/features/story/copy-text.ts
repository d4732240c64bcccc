import type { OpenStory } from '../../api/open-story.ts'
import type { Strings } from '../../strings/strings.ts'
import { toast } from '../../ui/Toast.tsx'

/** The whole story as plain text onto the clipboard, from memory: it works when nothing else does. */
export async function copyStoryText(story: OpenStory, words: Strings): Promise<void> {
  try {
    await navigator.clipboard.writeText(story.plainText())
    toast({ tone: 'ok', text: words.save.copied })
  } catch {
    toast({ tone: 'danger', text: words.save.copyFailed })
  }
}
