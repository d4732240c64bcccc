import { lazy } from 'react'
import type { Slots } from './api/slots.tsx'
import { LeadPicture } from './features/media/LeadPicture.tsx'
import { PictureDetails } from './features/media/PictureDetails.tsx'
import { takeIn } from './features/intake/intake-queue.ts'
import { OutboxDoor, OutboxStatus } from './features/publishing/outbox/OutboxDoor.tsx'
import { PublishOverlays } from './features/publishing/PublishOverlays.tsx'
import { StoryActions } from './StoryActions.tsx'

/** Who fills which place of the desk. What is not there at first sight is loaded after it. */
export const slots: Slots = {
  LeadPicture,
  PictureDetails,
  StoryActions,
  OutboxDoor,
  OutboxStatus,
  OutboxScreen: lazy(async () => ({
    default: (await import('./features/publishing/outbox/OutboxScreen.tsx')).OutboxScreen
  })),
  BackupStatus: lazy(async () => ({ default: (await import('./features/recovery/BackupStatus.tsx')).BackupStatus })),
  Deliveries: lazy(async () => ({ default: (await import('./features/publishing/Deliveries.tsx')).Deliveries })),
  CompareButton: lazy(async () => ({
    default: (await import('./features/compare/CompareButton.tsx')).CompareButton
  })),
  CompareView: lazy(async () => ({ default: (await import('./features/compare/CompareView.tsx')).CompareView })),
  MergeView: lazy(async () => ({ default: (await import('./features/compare/MergeView.tsx')).MergeView })),
  TimesPanel: lazy(async () => ({ default: (await import('./features/times/TimesPanel.tsx')).TimesPanel })),
  ChecksPanel: lazy(async () => ({ default: (await import('./features/checks/ChecksPanel.tsx')).ChecksPanel })),
  FindingList: lazy(async () => ({ default: (await import('./features/checks/FindingList.tsx')).FindingList })),
  HistoryPanel: lazy(async () => ({ default: (await import('./features/history/HistoryPanel.tsx')).HistoryPanel })),
  ParagraphHistory: lazy(async () => ({
    default: (await import('./features/history/ParagraphHistory.tsx')).ParagraphHistory
  })),
  PublishPanel: lazy(async () => ({ default: (await import('./features/publishing/PublishPanel.tsx')).PublishPanel })),
  TargetsSettings: lazy(async () => ({
    default: (await import('./features/publishing/TargetsSettings.tsx')).TargetsSettings
  })),
  DamagedStory: lazy(async () => ({ default: (await import('./features/recovery/DamagedStory.tsx')).DamagedStory })),
  overlays: [
    lazy(async () => ({ default: (await import('./features/recovery/OpeningNotices.tsx')).OpeningNotices })),
    PublishOverlays,
    lazy(async () => ({ default: (await import('./features/publishing/PublishSeveral.tsx')).PublishSeveral })),
    lazy(async () => ({ default: (await import('./features/exporting/ExportDialog.tsx')).ExportOverlay })),
    lazy(async () => ({ default: (await import('./features/exporting/EmbargoReason.tsx')).EmbargoReason })),
    lazy(async () => ({ default: (await import('./features/intake/IntakeSheet.tsx')).IntakeSheet }))
  ],
  onIntake: takeIn
}
