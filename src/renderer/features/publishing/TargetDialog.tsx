import { useId, useRef, useState } from 'react'
import { Form } from 'react-aria-components'
import { Target } from '../../../shared/contract/publishing.ts'
import { siteAddress, withScheme } from '../../../shared/publishing/site-address.ts'
import { kindsAddedByHand, targetKind, type TargetKind } from '../../../shared/publishing/targets/index.ts'
import { sayFailure } from '../../api/say-failure.ts'
import { useApi } from '../../api/api.tsx'
import { useAppInfo } from '../../api/desk.tsx'
import { inWords, useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/Field.tsx'
import { Select } from '../../ui/Select.tsx'
import type { Certificate, Fingerprint } from '../../../shared/publishing/certificate.ts'
import { CertificateFacts, CertificatePlace, TrustedCertificate } from './CertificateFacts.tsx'
import { TargetAuthors } from './TargetAuthors.tsx'
import { TargetSettingField } from './TargetSettingField.tsx'
import { trustAt, trustedAt, trustToSave, type Trust } from './trust.ts'

interface TargetDialogProps {
  /** null: a new one. */
  readonly target: Target | null
  readonly onClose: () => void
  readonly onSaved: (saved: Target) => void
}

export function TargetDialog({ target, onClose, onSaved }: TargetDialogProps) {
  const api = useApi()
  const words = useStrings()
  const { capabilities } = useAppInfo()
  const [name, setName] = useState(target?.name ?? '')
  const [url, setUrl] = useState(target?.url ?? '')
  const [secret, setSecret] = useState('')
  const [kind, setKind] = useState<TargetKind | null>(target?.kind ?? null)
  const [settings, setSettings] = useState<Target['settings']>(target?.settings ?? {})
  const [tried, setTried] = useState(false)
  const [sought, setSought] = useState(false)
  const form = useId()
  const fields = kind === null ? [] : targetKind(kind).fields
  const kindWords = kind === null ? null : words.publishing.kinds[kind]
  const address = kind === 'open' ? withScheme(url) : siteAddress(url)
  const urlOk = Target.shape.url.safeParse(address).success
  const missing = fields.some((field) => field.input === 'text' && field.required && !settings[field.key])
  const [looking, setLooking] = useState(false)
  const [told, setTold] = useState<string | null>(null)
  const [certificate, setCertificate] = useState<Certificate | null>(null)
  const place = useRef<HTMLDivElement>(null)
  /** Counts questions and edits, so that a reply about an address no longer in the field is ignored. */
  const turn = useRef(0)
  const [trust, setTrust] = useState<Trust | null>(target?.trusted ? trustAt(target.url, target.trusted) : null)
  const trusted = trustedAt(trust, address)
  /** Clears what was found at an earlier address, and releases the button while a reply is still outstanding. */
  const forget = (): void => {
    turn.current += 1
    setLooking(false)
    setTold(null)
    setCertificate(null)
  }
  /** The last site that was found, and the name it gave the field. */
  const found = useRef<{ readonly url: string; readonly name: string } | null>(null)
  const isKindOwn = useRef(target !== null)
  const [saving, setSaving] = useState(false)
  const isSaving = useRef(false)
  const choose = (chosen: TargetKind): void => {
    setKind(chosen)
    setSettings({})
  }
  const detect = async (by: Fingerprint | null): Promise<void> => {
    // A field that is only needed for saving is not marked as missing yet.
    setSought(true)
    if (!urlOk) return
    forget()
    setLooking(true)
    const asked = turn.current
    try {
      const site = siteAddress(url)
      const reply = await api.call.publishing.detectTarget({ url: site, ...(by !== null && { trusted: by }) })
      if (asked !== turn.current) return
      setCertificate(reply.certificate)
      setTold(inWords(reply.message))
      if (reply.kind === null) return
      isKindOwn.current = false
      if (reply.kind !== kind) choose(reply.kind)
      setUrl(site)
      const theirs = reply.name ?? new URL(site).hostname
      const before = found.current?.name
      found.current = { url: site, name: theirs }
      // One that somebody has typed stays; that of a site looked at before goes with it.
      setName((now) => (now.trim() === '' || now === before ? theirs : now))
    } catch (thrown) {
      sayFailure(thrown)
    } finally {
      if (asked === turn.current) setLooking(false)
    }
  }
  const save = async (): Promise<void> => {
    setTried(true)
    if (kind === null || !urlOk || name.trim() === '' || missing || isSaving.current) return
    isSaving.current = true
    setSaving(true)
    try {
      const asked = {
        ...(target && { id: target.id }),
        name: name.trim(),
        kind,
        url: address,
        settings,
        ...trustToSave(target, address, trusted),
        ...(secret !== '' && { secret })
      }
      onSaved(await api.call.publishing.saveTarget(asked))
    } catch (thrown) {
      isSaving.current = false
      setSaving(false)
      sayFailure(thrown)
    }
  }
  return (
    <Dialog
      title={target ? words.publishing.editTitle : words.publishing.addTitle}
      lead={kindWords?.text ?? words.publishing.addText}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{words.common.cancel}</Button>
          <Button
            variant="primary"
            type="submit"
            form={form}
            isPending={saving}
            isDisabled={kind === null || name.trim() === ''}
          >
            {words.publishing.save}
          </Button>
        </>
      }
    >
      <Form
        id={form}
        className="g-dialog-fields"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <TextField
          label={kindWords?.url ?? words.publishing.siteAddress}
          value={url}
          onChange={(typed) => {
            setUrl(typed)
            forget()
          }}
          autoFocus={!target}
          onKeyDown={(event) => {
            // Nothing is saved under an address that nobody has looked at, unless somebody says what is there.
            if (event.key !== 'Enter' || isKindOwn.current || found.current?.url === siteAddress(url)) return
            event.preventDefault()
            void detect(trusted)
          }}
          placeholder={kindWords?.urlHint ?? words.publishing.siteHint}
          dir="ltr"
          error={(tried || sought) && !urlOk ? words.publishing.urlInvalid : null}
          description={told ?? undefined}
          aside={
            !target && (
              <Button
                size="small"
                variant="quiet"
                isPending={looking}
                onPress={() => {
                  void detect(trusted)
                }}
              >
                {words.publishing.detect}
              </Button>
            )
          }
        />
        <CertificatePlace place={place}>
          {certificate && (
            <CertificateFacts
              certificate={certificate}
              onTrust={() => {
                place.current?.focus()
                // Under the address that was looked up, whichever kind is chosen.
                setTrust(trustAt(siteAddress(url), certificate.fingerprint))
                void detect(certificate.fingerprint)
              }}
            />
          )}
          {!certificate && trusted !== null && (
            <TrustedCertificate
              fingerprint={trusted}
              onForget={() => {
                place.current?.focus()
                setTrust(null)
              }}
            />
          )}
        </CertificatePlace>
        {!target && kindsAddedByHand.length > 1 && (
          <Select
            label={words.publishing.kind}
            value={kind}
            placeholder={words.publishing.kindUnknown}
            onChange={(chosen) => {
              isKindOwn.current = true
              choose(chosen)
            }}
            options={kindsAddedByHand.map((id) => ({ id, label: words.publishing.kinds[id].name }))}
          />
        )}
        {kind !== null && (
          <>
            <TextField label={words.publishing.name} isNeeded value={name} onChange={setName} />
            {fields.map((field) => (
              <TargetSettingField
                key={`${kind} ${field.key}`}
                kind={kind}
                field={field}
                value={settings[field.key]}
                missing={tried}
                onChange={(value) => setSettings((before) => ({ ...before, [field.key]: value }))}
              />
            ))}
            {target && targetKind(kind).hasAuthors && (
              <TargetAuthors
                target={target}
                value={settings['authors']}
                onChange={(authors) => setSettings((before) => ({ ...before, authors }))}
              />
            )}
            <TextField
              label={words.publishing.kinds[kind].secret}
              value={secret}
              onChange={setSecret}
              type="password"
              dir="ltr"
              autoComplete="off"
              description={
                target && target.secret !== 'none'
                  ? words.publishing.secretKept[target.secret]
                  : capabilities.keychain
                    ? undefined
                    : words.publishing.secretRun
              }
            />
          </>
        )}
      </Form>
    </Dialog>
  )
}
