import { contract, type Contract } from '../../shared/contract/contract.ts'
import { systemClock } from '../../shared/lib/clock.ts'
import type { Handlers } from '../../shared/rpc/define.ts'
import { createDispatcher } from '../../shared/rpc/dispatch.ts'
import type { Core, CoreOptions } from './core.ts'
import { Events } from './events.ts'
import { articlesHandlers } from './handlers/articles.ts'
import { exportsHandlers } from './handlers/exports.ts'
import { intakeHandlers } from './handlers/intake.ts'
import { libraryHandlers } from './handlers/library.ts'
import { mediaHandlers } from './handlers/media.ts'
import { publishingHandlers } from './handlers/publishing.ts'
import { revisionsHandlers } from './handlers/revisions.ts'
import { settingsHandlers } from './handlers/settings.ts'
import { appInfo, openLink } from './services/app.ts'
import { ArticlesService } from './services/articles.ts'
import { ExportingService } from './services/exporting.ts'
import { checkHealth } from './services/health.ts'
import { createIntakeService } from './services/intake.ts'
import { Jobs } from './services/jobs.ts'
import { LibraryIndex } from './services/library-index.ts'
import { LibraryService } from './services/library.ts'
import { MediaService } from './services/media.ts'
import { PublishingService } from './services/publishing.ts'
import { RevisionsService } from './services/revisions.ts'
import { addSampleStory } from './services/sample-story.ts'
import { SettingsService } from './services/settings.ts'
import { StoryImportService } from './services/story-import.ts'
import { BackupSchedule } from './store/backup.ts'
import { openLibrary, type OpenedLibrary } from './store/open-library.ts'
import { LibraryReader } from './store/reader/client.ts'

/**
 * Wires a whole Galley around one library folder. Throws GalleyErrors when the library cannot be opened; nothing of a
 * library that cannot be opened is changed.
 */
export async function createCore(options: CoreOptions): Promise<Core> {
  const opened = await openLibrary(options.library, options.clock?.now())
  try {
    return await wire(opened, options)
  } catch (error) {
    opened.close()
    throw error
  }
}

async function wire(opened: OpenedLibrary, options: CoreOptions): Promise<Core> {
  const { platform, clock = systemClock, version = '0.0.0', log = () => undefined } = options
  const { store, readOnlyReason, notices } = opened
  for (const notice of notices) log(notice.message)
  const events = new Events(log)
  const jobs = new Jobs(events)
  const settings = new SettingsService(store, events)
  const articles = new ArticlesService({ store, clock, events, desk: () => settings.get() })
  const revisions = new RevisionsService(store, articles)
  const media = new MediaService(store, clock)
  const publishing = new PublishingService({ store, articles, media, clock, events, secrets: platform.secrets, desk: () => settings.get(), log })
  const reader = new LibraryReader(store.databaseFile)
  const backups = new BackupSchedule({ store, clock, copy: (target, signal) => reader.copy(target, { signal }), catchUp: () => articles.rows.catchUp(), log })
  const index = new LibraryIndex({ clock, events, rows: articles.rows, log })
  const library = new LibraryService({ store, reader, rows: articles.rows, index })
  const exporting = new ExportingService({
    getArticle: (id) => articles.glance(id), findMedia: (id) => media.find(id), readMedia: (id) => media.read(id), settings: () => settings.get(), platform, jobs
  })
  const storyImport = new StoryImportService({ articles, media, desk: () => settings.get(), clock })
  const intake = createIntakeService({
    clock, settings: () => settings.get(), createArticle: (story, by) => articles.create({ ...story, reason: 'intake' }, by), findRaw: (id) => articles.source(id)
  })
  const exportFolder = (): string => settings.get().exportFolder || platform.exportFolder

  const handlers: Handlers<Contract> = {
    articles: {
      ...articlesHandlers(articles),
      settle({ id }) {
        const saved = articles.settle(id)
        index.atRest(id)
        return saved
      }
    },
    revisions: revisionsHandlers(revisions),
    media: mediaHandlers(media),
    settings: settingsHandlers(settings),
    library: libraryHandlers(library),
    intake: intakeHandlers(intake),
    exports: exportsHandlers({ exporting, storyImport, platform }),
    publishing: publishingHandlers(publishing),
    app: {
      info: () => appInfo({ store, platform, version, zone: () => settings.get().zone, exportFolder, readOnlyReason }),
      async openLink({ url }) {
        await openLink(platform, url)
        return {}
      },
      cancelJob({ jobId }) {
        jobs.cancel(jobId)
        return {}
      },
      doctor(_input, { signal }) {
        articles.rows.catchUp()
        return checkHealth({ store, reader, backups: store.readOnly ? null : backups, readOnlyReason, notices }, signal)
      },
      addSample: async () => ({ id: await addSampleStory(articles, media) })
    }
  }

  const dispatcher = createDispatcher(contract, handlers, {
    checkOutputs: options.checkOutputs ?? false,
    isReadOnly: () => store.readOnly,
    onBug: (call, thrown) => log(`bug in ${call}: ${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}`)
  })

  reader.warmUp()
  if (!store.readOnly) {
    articles.rows.catchUpAfterKill()
    index.start()
    backups.start()
  }
  await publishing.start()

  return {
    dispatch: (request, context) => dispatcher.dispatch(request, context),
    readOnly: store.readOnly,
    subscribe: (listener) => events.subscribe(listener),
    emit: (event, data) => events.emit(event, data),
    picture: (id, width) => media.picture(id, width),
    async close() {
      jobs.cancelAll()
      await publishing.close()
      if (!store.readOnly) {
        articles.settleAll()
        index.close()
        await backups.close()
      }
      await reader.close()
      opened.close()
    }
  }
}
