import type { Slots } from './api/slots.tsx'
import { LeadPicture } from './features/media/LeadPicture.tsx'
import { TimesPanel } from './features/times/TimesPanel.tsx'

/** Who fills which place of the desk. Publishing, exporting and intake are registered here. */
export const slots: Slots = { LeadPicture, TimesPanel }
