import type { Settings } from '../shared/contract/settings.ts'

const key = 'galley.theme'

/**
 * Sets light or dark on the root; remembered, so that the next start has the right colours before the settings are
 * read.
 */
export function applyTheme(theme: Settings['theme']): void {
  if (theme === 'system') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = theme
  localStorage.setItem(key, theme)
}

export function applyRememberedTheme(): void {
  const theme = localStorage.getItem(key)
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset['theme'] = theme
}
