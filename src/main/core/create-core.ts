import { hostname } from 'node:os'
import { basename } from 'node:path'
import { contract, type Contract } from '../../shared/contract/contract.ts'
import { systemClock } from '../../shared/lib/clock.ts'
import type { Handlers } from '../../shared/rpc/define.ts'
import { createDispatcher } from '../../shared/rpc/dispatch.ts'
import type { Core, CoreOptions } from './core.ts'
import { Events } from './events.ts'
import { storiesHandlers } from './stories/handlers.ts'
import { exportsHandlers } from './exporting/handlers.ts'
import { intakeHandlers } from './intake/handlers.ts'
import { libraryHandlers } from './library/handlers.ts'
import { mediaHandlers } from './media/handlers.ts'
import { publishingHandlers } from './publishing/handlers.ts'
import { revisionsHandlers } from './stories/revisions-handlers.ts'
import { settingsHandlers } from './app/settings-handlers.ts'
import { appInfo, openLink } from './app/app.ts'
import { appHandlers } from './app/handlers.ts'
import { ManyStories } from './stories/many.ts'
import { StoriesService } from './stories/stories.ts'
import { Trash } from './stories/trash.ts'
import { EmbargoGate } from './exporting/embargo-gate.ts'
import { ExportingService } from './exporting/exporting.ts'
import { CheckingService } from './checking/checking.ts'
import { checkingHandlers } from './checking/handlers.ts'
import { checkHealth } from './app/health.ts'
import { createIntakeService } from './intake/intake.ts'
import { Jobs } from './app/jobs.ts'
import { bugLine, noticeLine } from './app/log-lines.ts'
import { LibraryIndex } from './library/library-index.ts'
import { LibraryService } from './library/library.ts'
import { ErasedPictures } from './media/erased-pictures.ts'
import { MediaService } from './media/media.ts'
import { RenditionsService } from './media/renditions.ts'
import { PublishingService } from './publishing/publishing.ts'
import { recoveryHandlers } from './recovery/handlers.ts'
import { RecoveryService } from './recovery/recovery.ts'
import { RevisionsService } from './stories/revisions.ts'
import { spellingHandlers } from './spelling/handlers.ts'
import { SpellingService } from './spelling/spelling.ts'
import { OwnDictionaries } from './spelling/own-dictionaries.ts'
import { addSampleStory } from './stories/sample-story.ts'
import { SettingsService } from './app/settings.ts'
import { StoryImportService } from './intake/story-import.ts'
import { BackupSchedule } from './store/backup.ts'
import { getIntakeOrigin } from './store/intake-sources.ts'
import { openLibrary, type OpenedLibrary } from './store/open-library.ts'
import { notice } from './store/notices.ts'
import { SecondFolder } from './store/second-folder.ts'
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
  const { store, readOnlyReason } = opened
  const { keptAside } = platform.secrets
  const notices = keptAside
    ? [...opened.notices, notice(clock.now(), { kind: 'secrets', file: keptAside })]
    : opened.notices
  for (const found of notices) log(noticeLine(found))
  const events = new Events(log)
  const jobs = new Jobs(events)
  const settings = new SettingsService(store, events)
  const stories = new StoriesService({ store, clock, events, desk: () => settings.get(), machine: hostname() })
  const revisions = new RevisionsService(store, stories)
  const media = new MediaService(store, clock)
  const renditions = new RenditionsService({ store, media, clock })
  const checking = new CheckingService({
    resources: platform.resources,
    own: () => settings.get().checkProfile,
    findMedia: (id) => media.find(id)
  })
  const publishing = new PublishingService({
    store,
    stories,
    requireChecked: (story) => checking.require(story),
    media: renditions,
    clock,
    events,
    secrets: platform.secrets,
    fetch: platform.fetch,
    desk: () => settings.get(),
    startPractice: options.startPractice,
    log
  })
  const onBug = (thrown: unknown): void => log(bugLine('several stories', thrown))
  const many = new ManyStories({
    stories,
    whyBusy: (id) => publishing.whyBusy(id),
    onBug
  })
  const reader = new LibraryReader(store.databaseFile, store.reading)
  const pictures = new ErasedPictures({
    store,
    media,
    clock,
    reader,
    inStep: (name, body) => stories.rows.inStep(name, body),
    log
  })
  const trash = new Trash({
    store,
    stories,
    clock,
    events,
    jobs,
    whyNeeded: (id) => publishing.whyNeeded(id),
    pictures,
    onBug
  })
  const name = `Galley ${basename(store.folder)} ${opened.id?.slice(0, 8) ?? ''}`.trim()
  const second = new SecondFolder(store.folder, name, () => settings.get().backupFolder)
  const backups = new BackupSchedule({
    mirror: () => second.copy(),
    store,
    clock,
    copy: (target, signal) => reader.copy(target, { signal }),
    catchUp: () => stories.rows.catchUp(),
    log
  })
  const index = new LibraryIndex({ clock, events, rows: stories.rows, log })
  const library = new LibraryService({ store, reader, rows: stories.rows, index })
  const gate = new EmbargoGate({ store, clock, desk: () => settings.get(), machine: hostname() })
  const exporting = new ExportingService({
    getStory: (id) => stories.glance(id),
    plannedHour: (id) => publishing.plannedHour(id),
    passEmbargo: (story, way, reason) => gate.pass(story, way, reason),
    findMedia: (id) => media.find(id),
    makeRendition: (use, stem) => renditions.make(use, stem),
    settings: () => settings.get(),
    platform,
    jobs
  })
  const storyImport = new StoryImportService({ stories, media, desk: () => settings.get(), clock })
  const intake = createIntakeService({
    clock,
    settings: () => settings.get(),
    createStory: (story, by) => stories.create({ ...story, reason: 'intake' }, by),
    updateStory: (id, { fields, body }, by) => stories.update(id, fields, body, by),
    madeFrom: (itemId, signal) => reader.madeFrom(itemId, { signal }),
    findRaw: (id) => stories.source(id),
    findOrigin: (id) => store.read((db) => getIntakeOrigin(db, id)),
    // A picture goes out as a rendition of one that is here, under its own name.
    pictureHere: (id) => [id, renditions.originalOf(id)].find((one) => one !== null && media.find(one)) ?? null
  })
  const recovery = new RecoveryService({
    store,
    stories,
    version: (id, revision) => revisions.get(id, revision),
    reader,
    backups,
    second,
    jobs,
    events,
    clock,
    notices
  })
  const dictionaries = new OwnDictionaries(store.folder)
  const exportFolder = (): string => settings.get().exportFolder || platform.exportFolder

  const handlers: Handlers<Contract> = {
    stories: storiesHandlers({ stories, many, trash, index }),
    revisions: revisionsHandlers(revisions),
    media: mediaHandlers(media),
    settings: settingsHandlers(settings),
    library: libraryHandlers(library),
    intake: intakeHandlers(intake, platform),
    exports: exportsHandlers({ exporting, gate, storyImport, platform }),
    publishing: publishingHandlers(publishing),
    recovery: recoveryHandlers(recovery),
    spelling: spellingHandlers(new SpellingService(store, events), dictionaries.folder),
    checks: checkingHandlers({ checking, getStory: (id) => stories.glance(id) }),
    app: appHandlers({
      info: () => appInfo({ store, platform, version, zone: () => settings.get().zone, exportFolder, readOnlyReason }),
      openLink: (url) => openLink(platform, url),
      jobs,
      doctor(signal) {
        stories.rows.catchUp()
        return checkHealth({ store, reader, backups: store.readOnly ? null : backups, readOnlyReason, notices }, signal)
      },
      addSample: () => addSampleStory({ stories, media, resources: platform.resources })
    })
  }

  const dispatcher = createDispatcher(contract, handlers, {
    checkOutputs: options.checkOutputs ?? false,
    isReadOnly: () => store.readOnly,
    onBug: (call, thrown) => log(bugLine(call, thrown))
  })

  reader.warmUp()
  if (!store.readOnly) {
    stories.rows.catchUpAfterKill()
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
    preview: (storyId) => exporting.preview(storyId),
    dictionary: (language, ending) => dictionaries.file(language, ending),
    receive: (body) => media.uploads.receive(body),
    async close() {
      jobs.cancelAll()
      await publishing.close()
      if (!store.readOnly) {
        stories.settleAll()
        index.close()
        await backups.close()
      }
      await pictures.close()
      await reader.close()
      await media.close()
      await intake.close()
      opened.close()
    }
  }
}
