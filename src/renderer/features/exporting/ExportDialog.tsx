import type { Message } from '../../../shared/words/message.ts'
import { useState } from 'react'
import { FileDown, FolderOpen } from 'lucide-react'
import { Checkbox, CheckboxGroup, Label } from 'react-aria-components'
import { exportFormats, type ExportFormat } from '../../../shared/contract/exports.ts'
import { newId } from '../../../shared/lib/id.ts'
import { toWireError, type WireError } from '../../../shared/rpc/errors.ts'
import { sayFailure } from '../../api/say-failure.ts'
import { useApi } from '../../api/api.tsx'
import { useCommands } from '../../api/commands.ts'
import { useAppInfo, useSettings } from '../../api/desk.tsx'
import { openStory, type OpenStory } from '../../api/open-story.ts'
import { saveFile } from '../../api/save-file.ts'
import { useStore } from '../../api/store.ts'
import { useCall } from '../../api/use-call.ts'
import { useEvent } from '../../api/use-event.ts'
import { inWords, useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { copy } from '../../ui/copy.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/Field.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { exportRequest } from '../../api/export-request.ts'
import { PreviewDialog } from './PreviewDialog.tsx'
import './exporting.css'

/** Opens on `exportRequest`; mounted once, over the desk. */
export function ExportOverlay() {
  const words = useStrings()
  const request = useStore(exportRequest)
  const [previewed, setPreviewed] = useState<OpenStory | null>(null)
  useCommands([
    {
      id: 'story.export',
      title: words.exporting.command,
      group: words.palette.groups.story,
      keys: 'Mod+Shift+E',
      also: 'html json ninjs download save as',
      when: () => openStory.get() !== null,
      run: exportOpenStory
    },
    {
      id: 'story.preview',
      title: words.exporting.preview,
      group: words.palette.groups.story,
      keys: 'Mod+Alt+R',
      also: 'readers page phone look',
      when: () => openStory.get() !== null,
      run: () => setPreviewed(openStory.get())
    }
  ])
  return (
    <>
      {request && <ExportDialog stories={request} />}
      {previewed && <PreviewDialog story={previewed} onClose={() => setPreviewed(null)} />}
    </>
  )
}

export function exportOpenStory(): void {
  const story = openStory.get()
  if (story) exportRequest.set([{ id: story.id, headline: story.fields.get().headline }])
}

/** Stories whose embargo is checked beforehand; for any more, it is reported when they are written. */
const LOOKED_AT = 100

interface Written {
  readonly folder: string
  readonly files: readonly { readonly name: string }[]
  readonly failed: readonly { readonly storyId: string; readonly why: Message }[]
}

function ExportDialog({
  stories
}: {
  readonly stories: readonly { readonly id: string; readonly headline: string }[]
}) {
  const api = useApi()
  const words = useStrings()
  const info = useAppInfo()
  const settings = useSettings()
  const [formats, setFormats] = useState<readonly ExportFormat[]>(['html', 'json'])
  const [images, setImages] = useState<'beside' | 'inline'>('beside')
  const [existing, setExisting] = useState<'rename' | 'replace'>('rename')
  const [folder, setFolder] = useState(settings.exportFolder || info.exportFolder)
  const [job, setJob] = useState<{ id: string; done: number; total: number | null } | null>(null)
  const [written, setWritten] = useState<Written | null>(null)
  /** Why it was not written, or only in part; cleared by the next try. */
  const [refusal, setRefusal] = useState<WireError | null>(null)
  /** Why copy leaves under embargo. */
  const [reason, setReason] = useState('')
  const why = reason.trim()
  const ids = stories.slice(0, LOOKED_AT).map(({ id }) => id)
  const summaries = useCall((call, signal) => Promise.all(ids.map((id) => call.stories.summary({ id }, signal))), [])
  const isHeld =
    summaries.data?.some(({ releaseAt }) => releaseAt !== null && Date.parse(releaseAt) > Date.now()) === true ||
    written?.failed.some(({ why: { key } }) => key === 'exporting.underEmbargo') === true
  const close = (): void => exportRequest.set(null)
  const one = stories.length === 1 ? stories[0] : undefined

  useEvent('job', (progress) =>
    setJob((old) => (old?.id === progress.jobId ? { id: old.id, done: progress.done, total: progress.total } : old))
  )

  const write = async (): Promise<void> => {
    const jobId = newId()
    setJob({ id: jobId, done: 0, total: null })
    setWritten(null)
    setRefusal(null)
    try {
      await openStory.get()?.flush()
      setWritten(
        await api.call.exports.write({
          ids: stories.map((story) => story.id),
          formats: [...formats],
          folder,
          options: { images, existing },
          ...(why !== '' && { reason: why }),
          jobId
        })
      )
    } catch (thrown) {
      setRefusal(toWireError(thrown))
    } finally {
      setJob(null)
    }
  }

  const download = async (): Promise<void> => {
    if (!one) return
    setRefusal(null)
    try {
      await openStory.get()?.flush()
      for (const format of formats) {
        const { name, type, text } = await api.call.exports.render({
          id: one.id,
          format,
          ...(why !== '' && { reason: why })
        })
        saveFile(name, new Blob([text], { type }))
      }
    } catch (thrown) {
      setRefusal(toWireError(thrown))
    }
  }

  const choose = async (): Promise<void> => {
    const chosen = await api.call.exports.chooseFolder({}).catch((thrown: unknown) => {
      setRefusal(toWireError(thrown))
      return { folder: null }
    })
    if (chosen.folder) setFolder(chosen.folder)
  }

  return (
    <Dialog
      title={words.exporting.title}
      isOpen
      onClose={close}
      lead={
        one ? words.exporting.lead(one.headline || words.common.untitled) : words.exporting.leadMany(stories.length)
      }
      actions={
        <>
          {one && (
            <Button
              icon={<FileDown />}
              isDisabled={formats.length === 0 || (isHeld && why === '')}
              isPending={job !== null}
              onPress={() => {
                void download()
              }}
            >
              {words.exporting.download}
            </Button>
          )}
          <Button
            variant={written ? 'plain' : 'primary'}
            icon={<FolderOpen />}
            isDisabled={formats.length === 0 || folder.trim() === '' || (one !== undefined && isHeld && why === '')}
            isPending={job !== null}
            onPress={() => {
              void write()
            }}
          >
            {words.exporting.write}
          </Button>
          {written && (
            <Button variant="primary" autoFocus onPress={close}>
              {words.common.done}
            </Button>
          )}
        </>
      }
    >
      <CheckboxGroup
        className="g-field"
        value={[...formats]}
        onChange={(chosen) => setFormats(exportFormats.filter((format) => chosen.includes(format)))}
      >
        <Label className="g-label">{words.exporting.formats}</Label>
        <div className="export-formats">
          {exportFormats.map((format) => (
            <Checkbox key={format} value={format} className="export-format">
              <span className="export-box" aria-hidden />
              <span className="export-format-words">
                <span>{words.exporting.formatNames[format]}</span>
                <small>{words.exporting.formatText[format]}</small>
              </span>
            </Checkbox>
          ))}
        </div>
      </CheckboxGroup>
      <div className="export-choices">
        <SegmentedControl
          label={words.exporting.images}
          value={images}
          onChange={setImages}
          options={(['beside', 'inline'] as const).map((id) => ({ id, label: words.exporting.imageNames[id] }))}
        />
        <SegmentedControl
          label={words.exporting.existing}
          value={existing}
          onChange={setExisting}
          options={(['rename', 'replace'] as const).map((id) => ({ id, label: words.exporting.existingNames[id] }))}
        />
      </div>
      <div className="export-folder">
        <TextField label={words.exporting.folder} value={folder} onChange={setFolder} dir="ltr" />
        {info.capabilities.folderDialog && (
          <Button
            onPress={() => {
              void choose()
            }}
          >
            {words.exporting.choose}
          </Button>
        )}
      </div>
      {isHeld && (
        <TextField
          label={words.embargo.held}
          isNeeded={one !== undefined}
          description={(one ? words.embargo.logged : words.embargo.loggedMany)(settings.person)}
          value={reason}
          onChange={setReason}
          maxLength={500}
        />
      )}
      {formats.length === 0 && <Notice tone="warn">{words.exporting.nothing}</Notice>}
      {job && (
        <div className="export-progress">
          <ProgressBar label={words.exporting.writing} done={job.done} total={job.total} />
          <Button
            size="small"
            onPress={() => {
              void api.call.app.cancelJob({ jobId: job.id })
            }}
          >
            {words.exporting.stop}
          </Button>
        </div>
      )}
      {refusal && <Notice tone={refusal.code === 'cancelled' ? 'warn' : 'danger'}>{inWords(refusal)}</Notice>}
      {written && <Result written={written} />}
    </Dialog>
  )
}

function Result({ written }: { readonly written: Written }) {
  const api = useApi()
  const words = useStrings()
  const { capabilities } = useAppInfo()
  const show = capabilities.revealFolder ? (
    <Button
      size="small"
      variant="quiet"
      onPress={() => {
        api.call.exports.reveal({ folder: written.folder }).catch(sayFailure)
      }}
    >
      {words.exporting.reveal}
    </Button>
  ) : (
    <Button
      size="small"
      variant="quiet"
      onPress={() => {
        copy(written.folder, { copied: words.exporting.copiedPath, failed: words.common.copyFailed })
      }}
    >
      {words.exporting.copyPath}
    </Button>
  )
  return (
    <>
      <Notice tone="ok" actions={show}>
        {words.exporting.done(written.files.length)} {words.exporting.into(written.folder)}
      </Notice>
      <ul className="export-files">
        {written.files.slice(0, 12).map((file) => (
          <li key={file.name} dir="ltr">
            {file.name}
          </li>
        ))}
      </ul>
      {written.failed.length > 0 && (
        <Notice tone="danger">
          <p>{words.exporting.failed(written.failed.length)}:</p>
          <FailedStories failed={written.failed} />
        </Notice>
      )}
    </>
  )
}

/** Names and reasons listed; nobody reads more. */
const NAMED = 20

function FailedStories({ failed }: Pick<Written, 'failed'>) {
  const words = useStrings()
  const shown = failed.slice(0, NAMED)
  const names = useCall(
    async (call, signal) =>
      Promise.all(
        shown.map(({ storyId }) =>
          call.stories.summary({ id: storyId }, signal).then(
            ({ headline }) => headline,
            () => ''
          )
        )
      ),
    [failed]
  )
  return (
    <>
      <ul className="export-failed">
        {shown.map(({ storyId, why }, at) => (
          <li key={`${storyId} ${at}`}>
            <strong dir="auto">{names.data?.[at] || words.common.untitled}</strong> {inWords(why)}
          </li>
        ))}
      </ul>
      {failed.length > NAMED && <p>{words.libraryMany.heldMore(failed.length - NAMED)}</p>}
    </>
  )
}
