import './kbd.css'

const isMac = typeof navigator !== 'undefined' && /mac/i.test(navigator.platform)
const signs: Readonly<Record<string, string>> = isMac
  ? {
      Mod: '⌘',
      Shift: '⇧',
      Alt: '⌥',
      Ctrl: '⌃',
      Enter: '↩',
      Up: '↑',
      Down: '↓',
      ArrowLeft: '←',
      ArrowRight: '→',
      Escape: 'Esc'
    }
  : { Mod: 'Ctrl', Up: '↑', Down: '↓', ArrowLeft: '←', ArrowRight: '→', Escape: 'Esc' }

/** Keys as this machine's keyboard shows them: `Mod+Shift+K` is ⇧⌘K on a Mac and Ctrl+Shift+K elsewhere. */
export function keysInWords(keys: string): string {
  return keys
    .split('+')
    .map((key) => signs[key] ?? key)
    .join(isMac ? '' : '+')
}

export function Kbd({ keys }: { readonly keys: string }) {
  return (
    <kbd className="g-kbd" dir="ltr">
      {keysInWords(keys)}
    </kbd>
  )
}
