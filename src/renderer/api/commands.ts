import { createContext, use, useEffect, useRef } from 'react'
import { openStory } from './open-story.ts'
import { createStore, useStore } from './store.ts'

/** Something a person can do, by keys, from a menu or from the palette. */
export interface Command {
  readonly id: string
  readonly title: string
  /** As `Mod+Shift+K`; Mod is ⌘ on a Mac and Ctrl elsewhere. */
  readonly keys?: string
  /** Heading in the palette and the list of shortcuts. */
  readonly group: string
  /** More words the palette finds it by. */
  readonly also?: string
  /** The editor handles the keys itself; they are only shown. */
  readonly keysElsewhere?: boolean
  /** In a field that the browser writes in, the keys are the field's own. */
  readonly notInFields?: boolean
  readonly when?: () => boolean
  readonly run: () => void
}

interface Registered extends Command {
  /** False while what offers it makes way for something else, which will offer it in its place. */
  readonly stays: () => boolean
}

const registered = createStore<readonly Registered[]>([])

/**
 * Around what stays in sight until another takes its place, as the story before does while the next is being opened:
 * whether it is still the one that commands are for. One that is asked for meanwhile is held for the next.
 */
export const CommandsWhile = createContext<() => boolean>(() => true)

/**
 * Offers commands for as long as the component is there. Their list is fixed by id; what they do is always the newest.
 */
export function useCommands(commands: readonly Command[]): void {
  const stays = use(CommandsWhile)
  const latest = useRef(commands)
  latest.current = commands
  const ids = commands.map((command) => `${command.id}\u0000${command.title}`).join('\n')
  useEffect(() => {
    const newest = (id: string) => latest.current.find((command) => command.id === id)
    const mine = latest.current.map((command): Registered => ({
      ...command,
      stays,
      when: () => newest(command.id)?.when?.() ?? true,
      run: () => newest(command.id)?.run()
    }))
    registered.set([...registered.get(), ...mine])
    return () => registered.set(registered.get().filter((command) => !mine.includes(command)))
  }, [ids, stays])
}

/** Everything that can be done at this moment. */
export function useAllCommands(): readonly Command[] {
  // What is offered may hang on it.
  useStore(openStory)
  return useStore(registered).filter(isOffered)
}

export function runCommand(id: string): boolean {
  const command = registered.get().findLast((candidate) => candidate.id === id && isOffered(candidate))
  command?.run()
  return command !== undefined
}

/** How long a command that is asked for from outside is waited for while the desk is still being drawn, in ms. */
const PATIENCE = 2000

/**
 * The same as soon as there is such a command: a story that is just being opened has none yet, and those of the story
 * before are not meant.
 */
export function runCommandSoon(id: string, orElse: () => void): void {
  if (runCommand(id)) return
  const giveUp = setTimeout(() => {
    stop()
    orElse()
  }, PATIENCE)
  const look = (): void => {
    if (!registered.get().some((candidate) => candidate.id === id && isOffered(candidate))) return
    stop()
    clearTimeout(giveUp)
    runCommand(id)
  }
  const watched = [registered.subscribe(look), openStory.subscribe(look)]
  const stop = (): void => {
    for (const end of watched) end()
  }
}

/** Runs the command whose keys were pressed. Returns true when there was one. */
export function handleKeys(event: KeyboardEvent): boolean {
  if (event.isComposing || event.defaultPrevented) return false
  const command = registered
    .get()
    .findLast(
      (candidate) =>
        candidate.keys &&
        !candidate.keysElsewhere &&
        matches(candidate.keys, event) &&
        !(candidate.notInFields && isField(event.target)) &&
        (candidate.when?.() ?? true)
    )
  if (!command) return false
  event.preventDefault()
  event.stopPropagation()
  // While something lies over the desk the keys of the desk do nothing behind it.
  if (document.querySelector('[aria-modal="true"], .g-veil')) return true
  if (command.stays()) command.run()
  else runCommandSoon(command.id, () => undefined)
  return true
}

function isOffered(command: Registered): boolean {
  return command.stays() && (command.when?.() ?? true)
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement
}

export const isMac = /mac/i.test(typeof navigator === 'undefined' ? '' : navigator.platform)

interface Combination {
  /** In lower case, as KeyboardEvent.key. */
  readonly key: string
  readonly mod: boolean
  readonly ctrl: boolean
  readonly alt: boolean
  readonly shift: boolean
  /**
   * A sign such as "/" may need Shift on some keyboards, so Shift is only held against letters, digits and named keys.
   */
  readonly shiftCounts: boolean
  /** On a keyboard without Latin letters the position decides. */
  readonly code: string | null
}

/** Every key that is pressed is held against every command, so what a command's keys mean is worked out once. */
const combinations = new Map<string, Combination>()

function combinationOf(keys: string): Combination {
  let known = combinations.get(keys)
  if (!known) {
    const parts = keys.split('+')
    const key = parts.at(-1) ?? ''
    const wants = (name: string): boolean => parts.slice(0, -1).includes(name)
    const named: Readonly<Record<string, string>> = { Up: 'ArrowUp', Down: 'ArrowDown' }
    known = {
      key: (named[key] ?? key).toLowerCase(),
      mod: wants('Mod'),
      ctrl: wants('Ctrl'),
      alt: wants('Alt'),
      shift: wants('Shift'),
      shiftCounts: /^[A-Z0-9]$|^.{2,}$/.test(key),
      code: /^[A-Z]$/.test(key) ? `Key${key}` : null
    }
    combinations.set(keys, known)
  }
  return known
}

export function matches(
  keys: string,
  event: Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>
): boolean {
  const { key, mod, ctrl, alt, shift, shiftCounts, code } = combinationOf(keys)
  if (
    mod !== (isMac ? event.metaKey : event.ctrlKey) ||
    ctrl !== (isMac ? event.ctrlKey : event.metaKey) ||
    alt !== event.altKey
  )
    return false
  if (shiftCounts && shift !== event.shiftKey) return false
  if (event.key.toLowerCase() === key) return true
  return code !== null && event.code === code && !/^[\u0020-\u007e]$/.test(event.key)
}
