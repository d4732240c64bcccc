import { Plus, X } from 'lucide-react'
import type { Settings } from '../../../shared/contract/settings.ts'
import { useStrings } from '../../strings/strings.ts'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { isWhole } from './web-links.ts'

export interface LinksFieldProps {
  readonly title: string
  readonly text: string
  readonly links: Settings['channels']
  readonly onChange: (links: Settings['channels']) => void
}

export function LinksField({ title, text, links, onChange }: LinksFieldProps) {
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
