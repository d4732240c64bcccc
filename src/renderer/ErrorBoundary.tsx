import { Component, type ErrorInfo, type ReactNode } from 'react'
import { openStory, type OpenStory } from './api/open-story.ts'
import { language } from './strings/strings.ts'
import { Button } from './ui/Button.tsx'

interface Props {
  readonly children: ReactNode
}

interface State {
  readonly error: Error | null
  /** The story that was open: its view is gone with the rest, its session is not. */
  readonly story: OpenStory | null
  readonly copied: boolean
}

/**
 * When a part of the desk breaks, the story's words are still held by its session, outside React: saving goes on, and
 * the text can be copied from here whatever state the rest is in.
 */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: null, story: null, copied: false }

  static getDerivedStateFromError(error: unknown): Partial<State> {
    const story = openStory.get()
    return { error: error instanceof Error ? error : new Error(String(error)), ...(story && { story }) }
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    console.error(error, info.componentStack)
    void this.state.story?.flush().catch(() => undefined)
  }

  override render(): ReactNode {
    const { error, story, copied } = this.state
    if (!error) return this.props.children
    const words = language.window.crash
    const copy = (): void => {
      if (!story) return
      // Where the clipboard does not take it, it is in the field below.
      navigator.clipboard.writeText(story.plainText()).then(
        () => this.setState({ copied: true }),
        () => undefined
      )
    }
    return (
      <div className="crash" role="alert">
        <h1>{words.title}</h1>
        <p>{words.text}</p>
        <div className="crash-actions">
          {story && <Button onPress={copy}>{copied ? language.window.save.copied : words.copy}</Button>}
          <Button variant="primary" onPress={() => this.setState({ error: null, copied: false })}>
            {words.reload}
          </Button>
        </div>
        {story && <textarea className="crash-text" readOnly aria-label={words.copy} value={story.plainText()} />}
        <details>
          <summary>{words.detail}</summary>
          <pre>{error.message}</pre>
        </details>
      </div>
    )
  }
}
