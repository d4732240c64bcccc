import { useState, type ReactNode } from 'react'
import { ArrowLeft, PanelLeft } from 'lucide-react'
import type { Settings } from '../../../shared/contract/settings.ts'
import { isWebAddress } from '../../../shared/lib/web-address.ts'
import { sayFailure } from '../../api/say-failure.ts'
import { useApi } from '../../api/api.tsx'
import { DeskMenu } from '../../api/DeskMenu.tsx'
import { useAppInfo } from '../../api/desk.tsx'
import { measures, reading, setReading, textSizes } from '../../api/reading.ts'
import { useStore } from '../../api/store.ts'
import { useSlots } from '../../api/slots.tsx'
import { languageOptions } from '../../strings/languages.ts'
import { isLanguage } from '../../../shared/document/language.ts'
import { useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { ComboBox } from '../../ui/ComboBox.tsx'
import { ZoneField } from '../../ui/DateTimeField.tsx'
import { TextField } from '../../ui/Field.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Refusals } from '../../ui/Refusals.tsx'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { ChecksSettings } from './ChecksSettings.tsx'
import { IntakeSettings } from './IntakeSettings.tsx'
import { LibraryHealth } from './LibraryHealth.tsx'
import { LicencesDialog } from './LicencesDialog.tsx'
import { LinksField } from './LinksField.tsx'
import { OnOff } from './OnOff.tsx'
import { SpellingSettings } from './SpellingSettings.tsx'
import { useSettingsDraft } from './use-settings-draft.ts'
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
  const { draft, change } = useSettingsDraft()
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
              <LinksField
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
              <LinksField
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
            <LibraryHealth />
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
