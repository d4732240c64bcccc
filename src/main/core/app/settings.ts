import { Settings } from '../../../shared/contract/settings.ts'
import type { Events } from '../events.ts'
import { getSettings, putSettings } from '../store/settings.ts'
import type { Store } from '../store/store.ts'

/** The desk's settings, held in memory and written through. */
export class SettingsService {
  readonly #store: Store
  readonly #events: Events
  #settings: Settings

  constructor(store: Store, events: Events) {
    this.#store = store
    this.#events = events
    this.#settings = readable(store.read(getSettings))
  }

  get(): Settings {
    return this.#settings
  }

  set(change: Partial<Settings>): Settings {
    const changed = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
    const next = Settings.parse({ ...this.#settings, ...changed })
    this.#store.write('settings', (db) => putSettings(db, changed))
    this.#settings = next
    this.#events.emit('settingsChanged', next)
    return next
  }
}

function defaults(): Settings {
  const system = Intl.DateTimeFormat().resolvedOptions()
  return {
    deskName: '',
    person: '',
    siteUrl: '',
    logoUrl: '',
    zone: system.timeZone || 'UTC',
    language: 'en',
    exportFolder: '',
    backupFolder: '',
    channels: [],
    related: [],
    relatedTitle: '',
    theme: 'system',
    smartPunctuation: true,
    markdownTyping: true,
    spelling: true,
    grammar: true,
    spellingCapitals: false,
    intakeRules: [],
    checkProfile: null,
    notifyScheduled: false,
    welcomed: false
  }
}

/** A stored setting this build cannot read falls back to its default; the stored row stays as it is. */
function readable(stored: Record<string, unknown>): Settings {
  const settings: Record<string, unknown> = defaults()
  for (const [key, schema] of Object.entries(Settings.shape)) {
    const parsed = schema.safeParse(stored[key])
    if (key in stored && parsed.success) settings[key] = parsed.data
  }
  return Settings.parse(settings)
}
