import { useEffect, useRef, useState, type ReactNode } from 'react'
import { ArrowLeft, CircleAlert, CircleCheck, PanelLeft, Plus, X } from 'lucide-react'
import type { Settings } from '../../../shared/contract/settings.ts'
import { sayFailure } from '../../api/say-failure.ts'
import { useApi } from '../../api/api.tsx'
import { DeskMenu } from '../../api/DeskMenu.tsx'
import { useAppInfo, useSettings } from '../../api/desk.tsx'
import { measures, reading, setReading, textSizes } from '../../api/reading.ts'
import { useStore } from '../../api/store.ts'
import { useSlots } from '../../api/slots.tsx'
import { languageOptions } from '../../strings/languages.ts'
import { isLanguage } from '../../../shared/document/language.ts'
import { inWords, useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { ComboBox } from '../../ui/ComboBox.tsx'
import { ZoneField } from '../../ui/DateTimeField.tsx'
import { TextField } from '../../ui/Field.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Refusals } from '../../ui/Refusals.tsx'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { ChecksSettings } from './ChecksSettings.tsx'
import { IntakeSettings } from './IntakeSettings.tsx'
import { SpellingSettings } from './SpellingSettings.tsx'
import { LicencesDialog } from './LicencesDialog.tsx'
import './settings.css'

export interface SettingsPageProps {
  readonly readOnly: boolean
  readonly libraryShown: boolean
  readonly onToggleLibrary: () => void
  readonly onBack: () => void
}

export function SettingsPage({ readOnly, libraryShown, onToggleLibrary, onBack }: SettingsPageProps) {
  const all = useStrings()
  const words = all.settings
  const { TargetsSettings } = useSlots()
  const { draft, change } = useDraft()
  const api = useApi()
  const info = useAppInfo()
  const { size, measure } = useStore(reading)
  const [showsLicences, setShowsLicences] = useState(false)

  async function chooseFolder(): Promise<void> {
    try {
      const { folder } = await api.call.exports.chooseFolder({})
      if (folder !== null) change({ exportFolder: folder })
    } catch (thrown) {
      sayFailure(thrown)
    }
  }

  return (
    <div className="settings">
      <header className="story-bar">
        {!libraryShown && (
          <>
            <IconButton label={all.library.show} keys="Mod+\" icon={<PanelLeft />} onPress={onToggleLibrary} />
            <DeskMenu readOnly={readOnly} />
          </>
        )}
        <Button variant="quiet" icon={<ArrowLeft />} onPress={onBack}>
          {all.common.back}
        </Button>
      </header>
      <div className="settings-scroll">
        <div className="settings-page">
          <h1 className="settings-title">{words.title}</h1>
          <p className="settings-lead">{words.lead}</p>
          <fieldset disabled={readOnly} className="settings-fields">
            <Group title={words.desk}>
              <TextField
                label={words.deskName}
                value={draft.deskName}
                onChange={(deskName) => change({ deskName })}
                description={words.deskNameText}
              />
              <TextField
                label={words.person}
                value={draft.person}
                onChange={(person) => change({ person })}
                description={words.personText}
              />
              <TextField
                label={words.siteUrl}
                value={draft.siteUrl}
                onChange={(siteUrl) => change({ siteUrl })}
                placeholder={words.siteUrlHint}
                dir="ltr"
                error={draft.siteUrl === '' || isWebAddress(draft.siteUrl) ? null : words.siteUrlInvalid}
              />
              <TextField
                label={words.logoUrl}
                value={draft.logoUrl}
                onChange={(logoUrl) => change({ logoUrl })}
                description={words.logoUrlText}
                placeholder={words.siteUrlHint}
                dir="ltr"
                error={draft.logoUrl === '' || isWebAddress(draft.logoUrl) ? null : words.siteUrlInvalid}
              />
              <ZoneField
                label={words.zone}
                zone={draft.zone}
                ms={Date.now()}
                onChange={(zone) => change({ zone })}
                description={words.zoneText}
              />
              <ComboBox
                custom={isLanguage}
                label={words.language}
                value={draft.language}
                onChange={(language) => change({ language })}
                options={languageOptions}
              />
            </Group>
            <Group title={words.appearance}>
              <SegmentedControl<Settings['theme']>
                label={words.theme}
                value={draft.theme}
                onChange={(theme) => change({ theme })}
                options={(['system', 'light', 'dark'] as const).map((id) => ({ id, label: words.themes[id] }))}
              />
              <SegmentedControl
                label={words.textSize}
                value={size}
                onChange={(next) => setReading({ size: next })}
                options={textSizes.map((id) => ({ id, label: words.textSizes[id] }))}
              />
              <SegmentedControl
                label={words.measure}
                value={measure}
                onChange={(next) => setReading({ measure: next })}
                options={measures.map((id) => ({ id, label: words.measures[id] }))}
              />
            </Group>
            <Group title={words.typing}>
              <OnOff
                label={words.smartPunctuation}
                description={words.smartPunctuationText}
                value={draft.smartPunctuation}
                onChange={(smartPunctuation) => change({ smartPunctuation })}
              />
              <OnOff
                label={words.markdownTyping}
                description={words.markdownTypingText}
                value={draft.markdownTyping}
                onChange={(markdownTyping) => change({ markdownTyping })}
              />
            </Group>
            <Group title={all.spelling.group}>
              <OnOff
                label={all.spelling.onOff}
                description={all.spelling.onOffText}
                value={draft.spelling}
                onChange={(spelling) => change({ spelling })}
              />
              {draft.spelling && (
                <>
                  <OnOff
                    label={all.spelling.grammar}
                    description={all.spelling.grammarText}
                    value={draft.grammar}
                    onChange={(grammar) => change({ grammar })}
                  />
                  <OnOff
                    label={all.spelling.capitals}
                    description={all.spelling.capitalsText}
                    value={draft.spellingCapitals}
                    onChange={(spellingCapitals) => change({ spellingCapitals })}
                  />
                </>
              )}
              <SpellingSettings />
            </Group>
            <Group title={words.intakeTitle}>
              <IntakeSettings />
            </Group>
            <Group title={words.exporting}>
              <div className="settings-folder">
                <TextField
                  label={words.exportFolder}
                  value={draft.exportFolder}
                  onChange={(exportFolder) => change({ exportFolder })}
                  description={words.exportFolderText(info.exportFolder)}
                  dir="ltr"
                />
                {info.capabilities.folderDialog && <Button onPress={() => void chooseFolder()}>{words.choose}</Button>}
              </div>
              <Links
                title={words.channels}
                text={words.channelsText}
                links={draft.channels}
                onChange={(channels) => change({ channels })}
              />
              <TextField
                label={words.railTitle}
                value={draft.relatedTitle}
                onChange={(relatedTitle) => change({ relatedTitle })}
              />
              <Links
                title={words.rail}
                text={words.railText}
                links={draft.related}
                onChange={(related) => change({ related })}
              />
            </Group>
            <Group title={all.checks.profile}>
              <ChecksSettings />
            </Group>
            {TargetsSettings && (
              <Group title={words.publishing}>
                <TargetsSettings />
                {info.capabilities.notifications && (
                  <OnOff
                    label={words.notifyScheduled}
                    description={words.notifyScheduledText}
                    value={draft.notifyScheduled}
                    onChange={(notifyScheduled) => change({ notifyScheduled })}
                  />
                )}
              </Group>
            )}
          </fieldset>
          <Group title={words.library}>
            <dl className="settings-facts">
              <dt>{words.folder}</dt>
              <dd dir="ltr">{info.library.folder}</dd>
              <dt>{words.version}</dt>
              <dd>Galley {info.version}</dd>
            </dl>
            <Health />
            <div>
              <Button onPress={() => setShowsLicences(true)}>{words.licences}</Button>
            </div>
            {showsLicences && <LicencesDialog onClose={() => setShowsLicences(false)} />}
          </Group>
        </div>
      </div>
    </div>
  )
}

function Group({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="settings-group" aria-label={title}>
      <h2>{title}</h2>
      <div className="settings-group-fields">
        {children}
        <Refusals />
      </div>
    </section>
  )
}

/** What is in the fields, saved half a second after the last change; values that do not fit stay here until they do. */
function useDraft(): { draft: Settings; change: (news: Partial<Settings>) => void } {
  const api = useApi()
  const stored = useSettings()
  const [news, setNews] = useState<Partial<Settings>>({})
  const waiting = useRef<Partial<Settings>>({})
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const save = (): void => {
    const fit = Object.fromEntries(
      Object.entries(waiting.current).filter(([key, value]) => fits(key, value))
    ) as Partial<Settings>
    waiting.current = {}
    if (Object.keys(fit).length > 0) api.call.settings.set(fit).catch(sayFailure)
  }
  const latest = useRef(save)
  latest.current = save
  useEffect(
    () => () => {
      if (timer.current) {
        clearTimeout(timer.current)
        latest.current()
      }
    },
    []
  )
  return {
    draft: { ...stored, ...news },
    change(more) {
      setNews((old) => ({ ...old, ...more }))
      waiting.current = { ...waiting.current, ...more }
      if (timer.current) clearTimeout(timer.current)
      timer.current = setTimeout(() => latest.current(), 400)
    }
  }
}

function fits(key: string, value: unknown): boolean {
  if (key === 'siteUrl' || key === 'logoUrl') return value === '' || isWebAddress(String(value))
  if (key === 'channels' || key === 'related') return (value as Settings['channels']).every(isWhole)
  return true
}

function isWhole(link: { label: string; url: string }): boolean {
  return link.label.trim() !== '' && isWebAddress(link.url)
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\/[^\s/?#]+/i.test(text) && URL.canParse(text)
}

interface LinksProps {
  readonly title: string
  readonly text: string
  readonly links: Settings['channels']
  readonly onChange: (links: Settings['channels']) => void
}

function Links({ title, text, links, onChange }: LinksProps) {
  const words = useStrings().settings
  const change = (at: number, news: Partial<(typeof links)[number]>): void =>
    onChange(links.map((link, other) => (other === at ? { ...link, ...news } : link)))
  return (
    <div className="g-field" role="group" aria-label={title}>
      <span className="g-label">{title}</span>
      <span className="g-description">{text}</span>
      {links.map((link, at) => (
        <div key={at} className="settings-link">
          <input
            className="g-input"
            dir="auto"
            aria-label={words.label}
            placeholder={words.label}
            value={link.label}
            onChange={(event) => change(at, { label: event.target.value })}
          />
          <input
            className="g-input"
            dir="ltr"
            aria-label={words.url}
            placeholder="https://…"
            value={link.url}
            onChange={(event) => change(at, { url: event.target.value })}
          />
          <IconButton
            label={words.removeLink}
            icon={<X />}
            onPress={() => onChange(links.filter((_, other) => other !== at))}
          />
          {!isWhole(link) && <span className="g-error settings-link-error">{words.linkInvalid}</span>}
        </div>
      ))}
      <div>
        <Button
          size="small"
          variant="quiet"
          icon={<Plus />}
          onPress={() => onChange([...links, { label: '', url: '' }])}
        >
          {words.addLink}
        </Button>
      </div>
    </div>
  )
}

function Health() {
  const words = useStrings().settings
  const api = useApi()
  const [lines, setLines] = useState<Awaited<ReturnType<typeof api.call.app.doctor>> | null>(null)
  const [busy, setBusy] = useState(false)
  async function check(): Promise<void> {
    setBusy(true)
    try {
      setLines(await api.call.app.doctor({}))
    } catch (thrown) {
      sayFailure(thrown)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <div>
        <Button isDisabled={busy} onPress={() => void check()}>
          {words.health}
        </Button>
      </div>
      {lines && (
        <ul className="health" aria-live="polite">
          {lines.map((line) => (
            <li key={line.check} data-bad={!line.ok || undefined}>
              {line.ok ? <CircleCheck aria-hidden /> : <CircleAlert aria-hidden />}
              <span>{inWords(line.found)}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

interface OnOffProps {
  readonly label: string
  readonly description: string
  readonly value: boolean
  onChange(value: boolean): void
}

function OnOff({ label, description, value, onChange }: OnOffProps) {
  const { on, off } = useStrings().settings
  return (
    <div className="g-field">
      <SegmentedControl<'on' | 'off'>
        label={label}
        value={value ? 'on' : 'off'}
        onChange={(chosen) => onChange(chosen === 'on')}
        options={[
          { id: 'on', label: on },
          { id: 'off', label: off }
        ]}
      />
      <p className="g-description">{description}</p>
    </div>
  )
}
