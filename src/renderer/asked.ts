import { useEffect } from 'react'
import { flushSync } from 'react-dom'
import { useApi } from './api/api.tsx'
import { runCommandSoon } from './api/commands.ts'
import { navigate } from './api/router.ts'
import { useSlots } from './api/slots.tsx'
import { useEvent } from './api/use-event.ts'
import { openTicket } from './FileDrop.tsx'
import { backToCaret } from './kept-caret.ts'
import { useStrings } from './strings/strings.ts'
import { toast } from './ui/Toast.tsx'

/** Ms: what happened to the app is read in peace. */
const LONG = 60_000

/**
 * Does what the host asks of the window: to show an address, to run a command of the palette by its id
 * (`/command/ID`), to undo or redo (`/edit/undo`), to take in a file that was opened with Galley (`/open/TICKET`), to
 * say what happened to the app (`/say/lost`). The host is told once the desk is `up`, for what is asked before nobody would hear.
 */
export function useAsked(up: boolean): void {
  const words = useStrings()
  const slots = useSlots()
  const api = useApi()
  useEvent('navigate', ({ address }) => {
    const [, kind, name = ''] = /^\/(command|edit|open|say)\/([\w.-]+)$/.exec(address) ?? []
    // Drawn at once, as a key's would be: whatever is asked next meets the desk as this leaves it.
    if (kind === 'command') flushSync(() => runCommandSoon(name, () => toast({ text: words.commands.notNow })))
    else if (kind === 'edit') turnBack(name === 'redo')
    else if (kind === 'open') void openTicket(name, { slots, words, api })
    else if (name === 'lost') {
      toast({ text: words.host.windowLost, stay: LONG })
      backToCaret()
    } else if (name === 'crashed') toast({ text: words.host.crashed, stay: LONG })
    else navigate(address)
  })
  useEffect(() => {
    if (up) api.listening()
  }, [up, api])
}

/**
 * Undo and redo belong to whatever is written in: an editor takes them by their keys and has a history of its own, which
 * the browser's command knows nothing of; any other field has the browser's.
 */
function turnBack(redo: boolean): void {
  const mac = /mac/i.test(navigator.platform)
  const keys = new KeyboardEvent('keydown', {
    key: redo ? 'Z' : 'z',
    code: 'KeyZ',
    ctrlKey: !mac,
    metaKey: mac,
    shiftKey: redo,
    bubbles: true,
    cancelable: true
  })
  if (document.activeElement?.dispatchEvent(keys) ?? true) document.execCommand(redo ? 'redo' : 'undo')
}
