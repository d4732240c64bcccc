import { createContext, useContext, type ComponentType, type ReactNode } from 'react'

/**
 * Places in the desk that other features fill. Features never import each other: the app composes them and
 * hands each its neighbours through here. A slot that is not filled shows nothing.
 */
export interface Slots {
  /** The inspector's Publish tab. */
  readonly PublishPanel?: ComponentType<{ readonly storyId: string }>
  /** Beside the status at the top of the story: the main Publish and Export buttons. */
  readonly StoryActions?: ComponentType<{ readonly storyId: string }>
  /** Outbox summary in the status bar. */
  readonly OutboxStatus?: ComponentType
  /** A section of the settings page: the CMS targets. */
  readonly TargetsSettings?: ComponentType
  /** Mounted once, over everything: dialogs and sheets that open on events of their own. */
  readonly overlays?: readonly ComponentType[]
  /** A page or a text came in: by drop, by the open button or by paste. */
  readonly onIntake?: (sources: readonly IntakeFile[]) => void
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
