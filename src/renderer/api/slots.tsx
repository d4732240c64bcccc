import { createContext, useContext, type ComponentType, type ReactNode } from 'react'
import type { Finding } from '../../shared/checks/finding.ts'
import type { ImageUse } from '../../shared/document/image-use.ts'
import type { MergeView } from '../../shared/contract/publishing.ts'
import type { VersionPart } from '../../shared/contract/revisions.ts'
import type { MergeChoices } from '../../shared/story/merge.ts'
import type { Story } from '../../shared/story/story.ts'
import type { OpenStory } from './open-story.ts'

/**
 * Places in the desk that other features fill. Features never import each other: the app composes them and
 * hands each its neighbours through here. A slot that is not filled shows nothing.
 */
export interface Slots {
  /** The lead picture on the page, with its caption, credit and alt text. */
  readonly LeadPicture?: ComponentType<{ readonly story: OpenStory; readonly editable: boolean }>
  /** Alt text and the picture's own record, for a picture in the body. */
  readonly PictureDetails?: ComponentType<{
    readonly image: ImageUse
    readonly onChange: (news: Partial<ImageUse>) => void
    readonly onClose: () => void
  }>
  /** The inspector's Times tab. */
  readonly TimesPanel?: ComponentType<{ readonly story: OpenStory; readonly isDisabled: boolean }>
  /** The inspector's Checks tab, and its lines for the publish sheet. */
  readonly ChecksPanel?: ComponentType<{ readonly story: OpenStory }>
  readonly FindingList?: ComponentType<{
    readonly findings: readonly Finding[]
    readonly story: OpenStory
    readonly onGo?: () => void
    readonly focus?: number
  }>
  /** The inspector's History tab. */
  readonly HistoryPanel?: ComponentType<{ readonly story: OpenStory; readonly isDisabled: boolean }>
  /** What a paragraph was before, over the desk. */
  readonly ParagraphHistory?: ComponentType<{
    readonly story: OpenStory
    readonly blockId: string
    readonly onClose: () => void
  }>
  /** The inspector's Publish tab. */
  readonly PublishPanel?: ComponentType<{ readonly storyId: string }>
  /** Beside the status at the top of the story: the main Publish and Export buttons. */
  readonly StoryActions?: ComponentType<{ readonly storyId: string }>
  /** Outbox summary in the status bar. */
  readonly OutboxStatus?: ComponentType
  /** The way to the outbox, with what waits in it; beside the menu. */
  readonly OutboxDoor?: ComponentType
  /** Everything on its way to a CMS. */
  readonly OutboxScreen?: ComponentType<{
    readonly readOnly: boolean
    readonly libraryShown: boolean
    readonly onToggleLibrary: () => void
    readonly onBack: () => void
  }>
  /** Said in the status bar while backups do not reach the second folder. */
  readonly BackupStatus?: ComponentType
  /** What of a story waits for its hour, below its times. */
  readonly Deliveries?: ComponentType<{ readonly storyId: string }>
  /** Opens a comparison of two stories, or of two versions of one, in all fields and word by word. */
  readonly CompareButton?: ComponentType<CompareButtonProps>
  /** The comparison without its own button, for dialogs that ask what to do. */
  readonly CompareView?: ComponentType<
    Awaited<ReturnType<CompareButtonProps['load']>> & Pick<CompareButtonProps, 'names'>
  >
  /** What a CMS holds and ours, part by part, with a choice for each. */
  readonly MergeView?: ComponentType<MergeViewProps>
  /** A section of the settings page: the CMS targets. */
  readonly TargetsSettings?: ComponentType
  /** In the place of a story whose stored text is damaged: its whole versions. */
  readonly DamagedStory?: ComponentType<{ readonly storyId: string; readonly onMended: () => void }>
  /** Mounted once, over everything: dialogs and sheets that open on events of their own. */
  readonly overlays?: readonly ComponentType[]
  /** A page or a text came in: by drop, by the open button or by paste. */
  readonly onIntake?: (sources: readonly IntakeFile[]) => void
}

export interface MergeViewProps {
  readonly view: Pick<MergeView, 'base' | 'ours' | 'theirs' | 'onlyThere'>
  readonly choices: MergeChoices
  readonly onChange: (choices: MergeChoices) => void
}

export interface CompareButtonProps {
  readonly label: string
  readonly title: string
  readonly names: { readonly before: string; readonly after: string }
  readonly load: () => Promise<{ readonly before: Story; readonly after: Story }>
  /** What the button says to a screen reader, where its label is not enough. */
  readonly description?: string
  /** The first of both can be brought back, whole or in the parts that are chosen. */
  readonly restore?: RestoreChoice | undefined
}

export interface RestoreChoice {
  readonly choose: string
  readonly all: string
  readonly some: (n: number) => string
  /** Without a part, all of it. */
  readonly run: (part?: VersionPart) => Promise<void>
}

export interface IntakeFile {
  readonly name: string
  readonly type: string
  readonly bytes: Uint8Array
}

const Context = createContext<Slots>({})

export function SlotsProvider({ slots, children }: { readonly slots: Slots; readonly children: ReactNode }) {
  return <Context value={slots}>{children}</Context>
}

export function useSlots(): Slots {
  return useContext(Context)
}
