import type { ReactNode } from 'react'
import { slugify } from '../../../../shared/story/slug.ts'
import { isLanguage, type Direction } from '../../../../shared/document/language.ts'
import { useCall } from '../../../api/use-call.ts'
import { useStorePart } from '../../../api/store.ts'
import { useField } from '../../../api/use-field.ts'
import { languageOptions } from '../../../strings/languages.ts'
import { useStrings } from '../../../strings/strings.ts'
import { ComboBox } from '../../../ui/ComboBox.tsx'
import { TextField } from '../../../ui/Field.tsx'
import { Select } from '../../../ui/Select.tsx'
import { TagField } from '../../../ui/TagField.tsx'
import type { ProfileField } from '../../../../shared/checks/profile.ts'
import { LengthNote } from '../LengthNote.tsx'
import type { StorySession } from '../story-session.ts'
import { useFieldRule, useIsShown } from '../use-field-rule.ts'
import { Corrections } from './Corrections.tsx'
import { MediaTopics } from './MediaTopics.tsx'
import { RawPage } from './RawPage.tsx'
import { RelatedStories } from './RelatedStories.tsx'

interface PanelProps {
  readonly session: StorySession
}

/** Every field of the story that is not on the page itself. Each is a component of its own and renders alone. */
export function StoryTab({ session, isDisabled }: PanelProps & { readonly isDisabled: boolean }) {
  const words = useStrings().inspector
  return (
    <fieldset className="panel" disabled={isDisabled}>
      <Outline session={session} />
      <Section title={words.filing} rows>
        <Shown session={session} name="section">
          <SectionName session={session} />
        </Shown>
        <Shown session={session} name="keywords">
          <Keywords session={session} />
        </Shown>
        <MediaTopics session={session} />
        <Shown session={session} name="slugline">
          <Line session={session} name="slugline" label={words.slugline} placeholder={words.sluglineHint} />
        </Shown>
        <Shown session={session} name="dateline">
          <Line session={session} name="dateline" label={words.dateline} placeholder={words.datelineHint} />
        </Shown>
        <Urgency session={session} />
      </Section>
      <Section title={words.people} rows>
        <Shown session={session} name="authors">
          <Authors session={session} />
        </Shown>
        <Shown session={session} name="source">
          <Line session={session} name="source" label={words.source} placeholder={words.sourceHint} />
        </Shown>
      </Section>
      <Section title={words.headlines}>
        <Slug session={session} />
        <OtherHeadline session={session} name="headlineShort" label={words.headlineShort} />
        <OtherHeadline session={session} name="headlineSeo" label={words.headlineSeo} />
        <OtherHeadline session={session} name="headlineSocial" label={words.headlineSocial} />
      </Section>
      <Section title={words.language} rows>
        <LanguageFields session={session} />
      </Section>
      <Section title={words.notes}>
        <Line
          session={session}
          name="editorsNote"
          label={words.editorsNote}
          description={words.editorsNoteText}
          multiline
        />
        <Line session={session} name="usageTerms" label={words.usageTerms} multiline />
        <RawPage story={session} />
      </Section>
      <Section title={words.related}>
        <RelatedStories session={session} />
      </Section>
      <Section title={words.corrections}>
        <Corrections session={session} />
      </Section>
    </fieldset>
  )
}

/** `rows`: short values, with label and value on one line. */
export function Section({
  title,
  rows = false,
  children
}: {
  readonly title: string
  readonly rows?: boolean
  readonly children: ReactNode
}) {
  return (
    <section className={rows ? 'panel-section panel-rows' : 'panel-section'} aria-label={title}>
      <h2 className="panel-title">{title}</h2>
      {children}
    </section>
  )
}

type TextName =
  'slugline' | 'dateline' | 'source' | 'headlineShort' | 'headlineSeo' | 'headlineSocial' | 'editorsNote' | 'usageTerms'

interface LineProps extends PanelProps {
  readonly name: TextName
  readonly label: string
  readonly placeholder?: string
  readonly description?: string
  readonly multiline?: boolean
  readonly aside?: ReactNode
}

function Line({ session, name, ...field }: LineProps) {
  const [value, setValue] = useField(session, name)
  return <TextField {...field} data-part={name} value={value} onChange={setValue} />
}

interface OtherHeadlineProps extends PanelProps {
  readonly name: 'headlineShort' | 'headlineSeo' | 'headlineSocial'
  readonly label: string
}

function OtherHeadline({ session, name, label }: OtherHeadlineProps) {
  const words = useStrings().inspector
  const [headline] = useField(session, 'headline')
  const [value] = useField(session, name)
  const rule = useFieldRule(name)
  return (
    <Shown session={session} name={name}>
      <Line
        session={session}
        name={name}
        label={label}
        placeholder={headline || words.sameAsHeadline}
        aside={<LengthNote value={value} rule={rule} full />}
        multiline
      />
    </Shown>
  )
}

/** A field the desk's checks know: hidden if the desk does not use it, and reachable from what the checks find. */
function Shown({
  session,
  name,
  children
}: PanelProps & { readonly name: ProfileField; readonly children: ReactNode }) {
  const isShown = useIsShown(session, name)
  return isShown ? (
    <div className="panel-field" data-field={name}>
      {children}
    </div>
  ) : null
}

function Slug({ session }: PanelProps) {
  const words = useStrings().inspector
  const [slug, setSlug] = useField(session, 'slug')
  const [headline] = useField(session, 'headline')
  const suggestion = slugify(headline)
  return (
    <TextField
      label={words.slug}
      value={slug}
      onChange={(value) => setSlug(value.replace(/\s+/g, '-'))}
      onBlur={() => setSlug(slugify(slug, 200))}
      placeholder={suggestion || words.slugEmpty}
      description={words.slugText}
      dir="auto"
      aside={
        suggestion && suggestion !== slug ? (
          <button type="button" className="g-link-button" onClick={() => setSlug(suggestion)}>
            {words.slugFromHeadline}
          </button>
        ) : undefined
      }
    />
  )
}

function SectionName({ session }: PanelProps) {
  const words = useStrings().inspector
  const [section, setSection] = useField(session, 'section')
  const counts = useCall((call, signal) => call.library.counts({}, signal), [session.id])
  return (
    <ComboBox
      custom
      label={words.section}
      placeholder={words.sectionHint}
      value={section}
      onChange={setSection}
      options={(counts.data?.sections ?? []).filter(Boolean).map((name) => ({ id: name, label: name }))}
    />
  )
}

function Keywords({ session }: PanelProps) {
  const words = useStrings().inspector
  const [keywords, setKeywords] = useField(session, 'keywords')
  return <TagField label={words.keywords} placeholder={words.keywordsHint} values={keywords} onChange={setKeywords} />
}

function Authors({ session }: PanelProps) {
  const words = useStrings().inspector
  const [authors, setAuthors] = useField(session, 'authors')
  return (
    <TagField
      label={words.authors}
      placeholder={words.authorsHint}
      description={words.authorsText}
      values={authors.map((author) => author.name)}
      // An author who stays keeps role and address.
      onChange={(names) => setAuthors(names.map((name) => authors.find((author) => author.name === name) ?? { name }))}
    />
  )
}

function Urgency({ session }: PanelProps) {
  const words = useStrings().inspector
  const [urgency, setUrgency] = useField(session, 'urgency')
  return (
    <Select
      label={words.urgency}
      value={String(urgency)}
      onChange={(value) => setUrgency(Number(value))}
      options={words.urgencies.map((label, at) => ({ id: String(at + 1), label }))}
    />
  )
}

function LanguageFields({ session }: PanelProps) {
  const words = useStrings().inspector
  const [language, setLanguage] = useField(session, 'language')
  const [direction, setDirection] = useField(session, 'direction')
  return (
    <>
      <ComboBox
        custom={isLanguage}
        label={words.languageLabel}
        value={language}
        onChange={setLanguage}
        options={languageOptions}
      />
      <Select<Direction>
        label={words.direction}
        value={direction}
        onChange={setDirection}
        options={(['auto', 'ltr', 'rtl'] as const).map((id) => ({ id, label: words.directions[id] }))}
      />
    </>
  )
}

function Outline({ session }: PanelProps) {
  const words = useStrings().inspector
  const outline = useStorePart(session.stats, (stats) => stats.outline)
  if (outline.length === 0) return null
  return (
    <Section title={words.outline}>
      <ul className="outline">
        {outline.map((entry) => (
          <li key={entry.id}>
            <button
              type="button"
              className="outline-entry"
              data-level={entry.level}
              dir="auto"
              onClick={() => session.showBlock(entry.id)}
            >
              {entry.text || '—'}
            </button>
          </li>
        ))}
      </ul>
    </Section>
  )
}
