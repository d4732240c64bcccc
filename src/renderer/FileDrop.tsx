import { useEffect, useRef, useState, type ReactNode } from 'react'
import { addPicture, chooseFiles, isPicture } from './api/pictures.ts'
import { sayFailure } from './api/say-failure.ts'
import { useApi, type Api } from './api/api.tsx'
import { DEEPEST, droppedFiles, MOST_FILES, type Dropped } from './api/dropped-files.ts'
import { openStory } from './api/open-story.ts'
import { useSlots, type Slots } from './api/slots.tsx'
import { emptyImageUse, withPicture } from '../shared/document/image-use.ts'
import { digestUri } from '../shared/formats/ninjs.ts'
import { useStrings, type Strings } from './strings/strings.ts'
import { refuse } from './ui/Refusals.tsx'
import { toast } from './ui/Toast.tsx'

/** The whole window takes files: pages and texts become stories to review, a picture goes to the open story. */
export function FileDrop({ readOnly, children }: { readonly readOnly: boolean; readonly children: ReactNode }) {
  const words = useStrings()
  const slots = useSlots()
  const api = useApi()
  const [over, setOver] = useState(false)
  const latest = useRef({ words, slots, api, readOnly })
  latest.current = { words, slots, api, readOnly }

  useEffect(() => {
    let depth = 0
    const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false
    const enter = (event: DragEvent): void => {
      if (!carriesFiles(event)) return
      event.preventDefault()
      depth += 1
      if (!latest.current.readOnly) setOver(true)
    }
    const move = (event: DragEvent): void => {
      if (!carriesFiles(event) || event.defaultPrevented) return
      event.preventDefault()
      if (event.dataTransfer) event.dataTransfer.dropEffect = latest.current.readOnly ? 'none' : 'copy'
    }
    const leave = (): void => {
      depth = Math.max(0, depth - 1)
      if (depth === 0) setOver(false)
    }
    const end = (): void => {
      depth = 0
      setOver(false)
    }
    const drop = (event: DragEvent): void => {
      // What the story took (a picture on its slot, a picture in its body) is not taken twice; and a window never
      // navigates to a file.
      const taken = event.defaultPrevented
      event.preventDefault()
      if (taken || latest.current.readOnly || !carriesFiles(event)) return
      const inBody = event.target instanceof Element && event.target.closest('.article-body') !== null
      const desk = latest.current
      droppedFiles(event.dataTransfer)
        .then((dropped) => takeDropped(dropped, inBody, desk))
        .catch(sayFailure)
    }
    // Places that take files themselves keep these events from going further, so what is shown is decided on the way
    // down.
    addEventListener('dragenter', enter, true)
    addEventListener('dragleave', leave, true)
    addEventListener('drop', end, true)
    addEventListener('dragover', move)
    addEventListener('drop', drop)
    return () => {
      removeEventListener('dragenter', enter, true)
      removeEventListener('dragleave', leave, true)
      removeEventListener('drop', end, true)
      removeEventListener('dragover', move)
      removeEventListener('drop', drop)
    }
  }, [])

  return (
    <>
      {children}
      {over && (
        <div className="drop-veil" aria-hidden>
          <div className="drop-card">
            <p className="drop-title">{words.drop.title}</p>
            <p>{words.drop.text}</p>
          </div>
        </div>
      )}
    </>
  )
}

interface Desk {
  readonly words: Strings
  readonly slots: Slots
  readonly api: Api
}

async function takeDropped({ files, unread, isCut }: Dropped, inBody: boolean, desk: Desk): Promise<void> {
  const { drop } = desk.words
  if (files.length > 0) await take(files, inBody, desk)
  else if (unread.length === 0) toast({ text: drop.notAFile })
  // Once, for a place says one thing at a time.
  const left = [
    ...(unread.length > 0 ? [drop.unread(unread.length, unread[0] ?? '')] : []),
    ...(isCut ? [drop.cut(MOST_FILES, DEEPEST)] : [])
  ]
  if (left.length > 0) refuse(left.join(' '))
}

/** A notice that is read behind the review, in ms. */
const WHILE_REVIEWING = 10 * 60_000

/** One file that cannot be had keeps no other from coming in. */
async function take(files: readonly File[], inBody: boolean, { words, slots, api }: Desk): Promise<void> {
  const pages = files.filter((file) => !isPicture(file))
  const pictures = await storePicturesOf(pages, files.filter(isPicture), api, words)
  if (pages.length > 0) await intake(pages, slots, words)
  if (pictures.length === 0) return
  // A page under review is no story yet, and its pictures are none of the story that happens to be open.
  if (pages.some(({ name }) => !/\.json$/i.test(name))) {
    toast({ text: words.drop.besidePage(pictures.length), stay: WHILE_REVIEWING })
    return
  }
  const story = openStory.get()
  if (!story) {
    toast({ text: words.drop.noStory })
    return
  }
  for (const file of pictures) {
    try {
      const asset = await addPicture(api, file, words.media)
      const lead = story.fields.get().leadImage
      if (!lead?.mediaId && !inBody) story.setFields({ leadImage: withPicture(lead ?? emptyImageUse(), asset.id) })
      else story.insertPicture(asset.id)
    } catch (thrown) {
      sayFailure(thrown)
    }
  }
}

function sayUnread(names: readonly string[], { drop }: Strings): void {
  if (names.length > 0) refuse(drop.unread(names.length, names[0] ?? ''))
}

/** Larger files are no stories that name pictures. */
const LARGEST_STORY = 64 * 1024 * 1024

/**
 * Puts those pictures into the library that the story files beside them name by their bytes, so that the stories have
 * them. Returns the others.
 */
async function storePicturesOf(
  pages: readonly File[],
  pictures: readonly File[],
  api: Api,
  words: Strings
): Promise<File[]> {
  if (pages.length === 0 || pictures.length === 0) return [...pictures]
  const stories = pages.filter(({ size }) => size <= LARGEST_STORY)
  // Whoever takes them in says what cannot be read.
  const texts = await Promise.all(stories.map((page) => page.text().catch(() => '')))
  const others: File[] = []
  for (const picture of pictures) {
    const names = await namesOf(picture).catch(() => [])
    if (!texts.some((text) => names.some((name) => text.includes(name)))) others.push(picture)
    // Without it the story has a picture to come.
    else await addPicture(api, picture, words.media).catch(sayFailure)
  }
  return others
}

/** How a picture is named by its bytes: their SHA-256, in Galley's way and in that of RFC 6920. */
async function namesOf(picture: File): Promise<string[]> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await picture.arrayBuffer()))
  const id = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return [id, digestUri(id)]
}

/**
 * Asks for pages or texts. Where the host has dialogs it asks: a menu is no gesture in the page, and without one a page
 * may not open a chooser.
 */
export async function openFiles({ slots, words, api }: Desk, hostAsks: boolean): Promise<void> {
  try {
    if (hostAsks) takeOutside((await api.call.intake.chooseFiles({})).files, slots, words)
    else {
      const files = await chooseFiles({ multiple: true })
      if (files.length > 0) await take(files, false, { slots, words, api })
    }
  } catch (thrown) {
    sayFailure(thrown)
  }
}

/** Takes in the file a person has opened with Galley from outside. */
export async function openTicket(ticket: string, { slots, words, api }: Desk): Promise<void> {
  try {
    takeOutside((await api.call.intake.openedFile({ ticket })).files, slots, words)
  } catch (thrown) {
    sayFailure(thrown)
  }
}

function takeOutside(files: readonly { name: string; bytes: Uint8Array }[], slots: Slots, words: Strings): void {
  if (files.length === 0) return
  if (slots.onIntake) slots.onIntake(files.map((file) => ({ ...file, type: '' })))
  else toast({ text: words.drop.noIntake })
}

async function intake(files: readonly File[], slots: Slots, words: Strings): Promise<void> {
  if (!slots.onIntake) {
    toast({ text: words.drop.noIntake })
    return
  }
  const read = await Promise.allSettled(
    files.map(async (file) => ({ name: file.name, type: file.type, bytes: new Uint8Array(await file.arrayBuffer()) }))
  )
  const whole = read.flatMap((one) => (one.status === 'fulfilled' ? one.value : []))
  if (whole.length > 0) slots.onIntake(whole)
  sayUnread(
    files.flatMap(({ name }, at) => (read[at]?.status === 'rejected' ? name : [])),
    words
  )
}
