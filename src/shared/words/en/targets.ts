import type { TargetKind } from '../../publishing/targets/index.ts'

/** The words for one kind of CMS when a target is added. */
export interface TargetKindWords {
  readonly name: string
  readonly text: string
  /** Label and example of its address. */
  readonly url: string
  readonly urlHint: string
  readonly secret: string
  /** By the key of the setting. */
  readonly settings: Readonly<
    Record<
      string,
      { readonly label: string; readonly text?: string; readonly choices?: Readonly<Record<string, string>> }
    >
  >
}

const format = { label: 'Sends', choices: { galley: 'Galley JSON', ninjs: 'ninjs 3.1' } }

/** The compiler requires words for every kind. */
export const targetWords: Readonly<Record<TargetKind, TargetKindWords>> = {
  wordpress: {
    name: 'WordPress',
    text: 'WordPress 6.1 or later. In WordPress, under Users → Profile → Application Passwords, make one for Galley and paste it here.',
    url: 'Address of the site',
    urlHint: 'https://news.example.org',
    secret: 'Application password',
    settings: {
      user: { label: 'User name in WordPress' },
      status: {
        label: 'Stories become',
        choices: { publish: 'Published', pending: 'Pending review', draft: 'Drafts' }
      }
    }
  },
  ghost: {
    name: 'Ghost',
    text: 'Ghost 5 or 6. In Ghost, under Settings → Integrations, add a custom integration for Galley and paste its Admin API key here. No newsletter is sent unless you tick it.',
    url: 'Address of the site',
    urlHint: 'https://news.example.org',
    secret: 'Admin API key',
    settings: { status: { label: 'Stories become', choices: { published: 'Published', draft: 'Drafts' } } }
  },
  open: {
    name: 'Open endpoint',
    text: 'Any CMS that speaks the open endpoint. The contract is in docs/open-endpoint.md.',
    url: 'Address of the endpoint',
    urlHint: 'https://cms.example.org/galley',
    secret: 'Shared secret',
    settings: {
      format,
      keyId: {
        label: 'Name of the secret',
        text: 'So that the CMS can tell desks apart, and an old secret from a new one.'
      }
    }
  },
  practice: {
    name: 'Practice CMS',
    text: 'Real HTTP on this machine only. Nobody else can see what you publish there.',
    url: 'Address',
    urlHint: '',
    secret: 'Shared secret',
    settings: { format }
  }
}
