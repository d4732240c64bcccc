import type { Api } from '../../api/api.tsx'
import { reasonToLeave } from '../../api/embargo.ts'
import { sayFailure } from '../../api/say-failure.ts'
import type { OpenStory } from '../../api/open-story.ts'
import type { Strings } from '../../strings/strings.ts'
import { refuse } from '../../ui/Refusals.tsx'
import { toast } from '../../ui/Toast.tsx'

/** Copies the whole story as plain text, from memory: it works when nothing else does. */
export async function copyStoryText(story: OpenStory, words: Strings): Promise<void> {
  try {
    await navigator.clipboard.writeText(story.plainText())
    toast({ tone: 'ok', text: words.save.copied })
  } catch {
    refuse(words.save.copyFailed)
  }
}

const formats = { html: 'fragment', json: 'json', text: 'text' } as const

/**
 * Copies the stored story as it would be exported. HTML is copied twice: formatted, for rich text editors, and as
 * source, for plain text.
 */
export async function copyStoryAs(api: Api, story: OpenStory, as: keyof typeof formats, words: Strings): Promise<void> {
  try {
    await story.flush()
    const reason = await reasonToLeave(story, 'copy')
    if (reason === null) return
    const request = { id: story.id, format: formats[as], way: 'copy', ...(reason !== undefined && { reason }) } as const
    const { text } = await api.call.exports.render(request)
    if (as === 'html') {
      const set = new Blob([text], { type: 'text/html' })
      const source = new Blob([text], { type: 'text/plain' })
      await navigator.clipboard.write([new ClipboardItem({ 'text/html': set, 'text/plain': source })])
    } else await navigator.clipboard.writeText(text)
    toast({ tone: 'ok', text: words.commands.copiedAs })
  } catch (thrown) {
    sayFailure(thrown)
  }
}
