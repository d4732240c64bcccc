import type { Core } from '../core/core.ts'
import { pageHeaders } from './page-headers.ts'

/** The story id in `/preview/<story>`; null for any other address. */
export function previewOf(pathname: string): string | null {
  return /^\/preview\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(pathname)?.[1] ?? null
}

/**
 * A story's page as readers will see it, only for a frame of the desk: it runs nothing, fetches nothing (its pictures
 * are embedded) and leads nowhere. Null if there is no such story.
 */
export async function previewPage(core: Pick<Core, 'preview'>, storyId: string): Promise<string | null> {
  const page = await core.preview(storyId)
  // Links would open in a new window, which the sandbox does not allow.
  return page?.replace(/<head>/i, '<head><base target="_blank">') ?? null
}

export const previewHeaders: Readonly<Record<string, string>> = {
  ...pageHeaders(),
  'content-security-policy': [
    "default-src 'none'",
    'img-src data:',
    "style-src 'unsafe-inline'",
    'font-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
    // Never with scripts: they would run as the desk's own.
    'sandbox allow-same-origin'
  ].join('; ')
}
