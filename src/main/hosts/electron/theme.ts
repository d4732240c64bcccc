import { nativeTheme } from 'electron'
import type { Settings } from '../../../shared/contract/settings.ts'
import type { Core } from '../../core/core.ts'
import { deskColours } from './desk-colours.ts'
import { anonymousId } from '../sessions.ts'

/**
 * Menus, dialogs and the empty window are as light or dark as the desk is set to. Returns the desk's colour at the
 * moment, for the time before a page is drawn.
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
