import { nativeTheme } from 'electron'
import type { Settings } from '../../../shared/contract/settings.ts'
import type { Core } from '../../core/core.ts'
import { deskColours } from './desk-colours.ts'
import { anonymousId } from '../sessions.ts'

/**
 * Makes menus, dialogs and empty windows follow the desk's theme. Returns a function for the desk's current colour, for
 * the time before a page is drawn.
 */
export async function followTheme(core: Core): Promise<() => string> {
  const follow = ({ theme }: Pick<Settings, 'theme'>): void => {
    nativeTheme.themeSource = theme
  }
  const reply = await core.dispatch(
    { id: 0, call: 'settings.get', input: {} },
    { connectionId: anonymousId(), signal: new AbortController().signal }
  )
  if (reply.ok) follow(reply.output as Settings)
  core.subscribe(({ event, data }) => {
    if (event === 'settingsChanged') follow(data as Settings)
  })
  return () => (nativeTheme.shouldUseDarkColors ? deskColours.dark : deskColours.light)
}
