/* Functions that are turned into text and run inside pages. Each is alone: it may use nothing from outside itself. */

/** Text that keeps what structured cloning keeps, for the way between Node and the preload's world. */
export function codec(): { pack(value: unknown): string; unpack(text: string): unknown } {
  type Tagged = { t: string; v?: unknown }
  const toText = (bytes: Uint8Array): string => {
    let text = ''
    for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000))
    return btoa(text)
  }
  const toBytes = (text: unknown): Uint8Array =>
    Uint8Array.from(atob(String(text)), (character) => character.charCodeAt(0))
  const wrap = (value: unknown): unknown => {
    if (value === undefined) return { t: 'undefined' }
    if (typeof value === 'bigint') return { t: 'bigint', v: String(value) }
    if (typeof value === 'number' && !Number.isFinite(value)) return { t: 'number', v: String(value) }
    if (
      typeof value === 'function' ||
      typeof value === 'symbol' ||
      value instanceof Promise ||
      value instanceof WeakMap
    )
      throw new Error('An object could not be cloned.')
    if (value === null || typeof value !== 'object') return value
    if (Array.isArray(value)) return value.map(wrap)
    if (value instanceof Date) return { t: 'date', v: value.getTime() }
    if (value instanceof Map) return { t: 'map', v: [...value].map(wrap) }
    if (value instanceof Set) return { t: 'set', v: [...value].map(wrap) }
    if (value instanceof Error) return { t: 'error', v: [value.name, value.message] }
    if (value instanceof ArrayBuffer) return { t: 'buffer', v: toText(new Uint8Array(value)) }
    if (ArrayBuffer.isView(value))
      return { t: 'bytes', v: toText(new Uint8Array(value.buffer, value.byteOffset, value.byteLength)) }
    return { t: 'object', v: Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, wrap(inner)])) }
  }
  const unwrap = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(unwrap)
    if (value === null || typeof value !== 'object') return value
    const { t, v } = value as Tagged
    switch (t) {
      case 'undefined':
        return undefined
      case 'bigint':
        return BigInt(String(v))
      case 'number':
        return Number(v)
      case 'date':
        return new Date(Number(v))
      case 'map':
        return new Map((v as unknown[]).map((pair) => unwrap(pair) as [unknown, unknown]))
      case 'set':
        return new Set((v as unknown[]).map(unwrap))
      case 'error': {
        const [name, message] = v as [string, string]
        return Object.assign(new Error(message), { name })
      }
      case 'buffer':
        return toBytes(v).buffer
      case 'bytes':
        return toBytes(v)
      default:
        return Object.fromEntries(Object.entries(v as object).map(([key, inner]) => [key, unwrap(inner)]))
    }
  }
  return { pack: (value) => JSON.stringify(wrap(value)), unpack: (text) => unwrap(JSON.parse(text)) }
}

/**
 * One end of the context bridge. The two worlds share the document and nothing else: what crosses goes as the detail of
 * an event, which Chromium clones; functions stay where they are and are called from the other side by number; promises
 * are settled by number. Dispatch is synchronous, so a call that returns at once does so on the other side too.
 */
export function bridgeEnd(
  mine: string,
  theirs: string,
  secret: string
): {
  lend(value: unknown): unknown
  take(value: unknown): unknown
  send(message: object): void
  expose: ((name: string, api: unknown) => void) | null
} {
  type Message = { kind: string; [key: string]: unknown }
  const lent: ((...args: unknown[]) => unknown)[] = []
  const awaited = new Map<number, { resolve(value: unknown): void; reject(error: unknown): void }>()
  let returned: Message | null = null
  let promises = 0

  const send = (message: object): void => {
    document.dispatchEvent(new CustomEvent(`${secret}-${theirs}`, { detail: message }))
  }
  const lend = (value: unknown): unknown => {
    if (typeof value === 'function') return { bridgeFunction: lent.push(value as (...args: unknown[]) => unknown) - 1 }
    if (value instanceof Promise) {
      // Numbers of one side are odd, of the other even: a promise is never taken for another's.
      const number = promises++ * 2 + (mine === 'page' ? 1 : 0)
      value.then(
        (result: unknown) => send({ kind: 'settle', number, ok: true, value: lend(result) }),
        (error: unknown) =>
          send({ kind: 'settle', number, ok: false, value: String(error instanceof Error ? error.message : error) })
      )
      return { bridgePromise: number }
    }
    if (Array.isArray(value)) return value.map(lend)
    if (value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
      return { bridgeObject: Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, lend(inner)])) }
    }
    return value
  }
  const take = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(take)
    if (value === null || typeof value !== 'object') return value
    const wrapped = value as { bridgeFunction?: number; bridgePromise?: number; bridgeObject?: object }
    if (wrapped.bridgeFunction !== undefined) {
      const number = wrapped.bridgeFunction
      return (...args: unknown[]): unknown => {
        returned = null
        send({ kind: 'call', number, args: args.map(lend) })
        const answer = returned as Message | null
        if (!answer) throw new Error('The other world did not answer.')
        if (answer['failed'] !== undefined) throw new Error(String(answer['failed']))
        return take(answer['value'])
      }
    }
    if (wrapped.bridgePromise !== undefined) {
      const number = wrapped.bridgePromise
      return new Promise((resolve, reject) => awaited.set(number, { resolve, reject }))
    }
    if (wrapped.bridgeObject !== undefined)
      return Object.fromEntries(Object.entries(wrapped.bridgeObject).map(([key, inner]) => [key, take(inner)]))
    return value
  }
  const freeze = (value: unknown): unknown => {
    if (value !== null && typeof value === 'object') {
      Object.values(value).forEach(freeze)
      Object.freeze(value)
    }
    return value
  }

  document.addEventListener(`${secret}-${mine}`, (event) => {
    const message = (event as CustomEvent<Message>).detail
    if (message.kind === 'call') {
      let answer: object
      try {
        const call = lent[Number(message['number'])]
        if (!call) throw new Error('There is no such function.')
        answer = { value: lend(call(...(message['args'] as unknown[]).map(take))) }
      } catch (error) {
        answer = { failed: error instanceof Error ? error.message : String(error) }
      }
      send({ kind: 'return', ...answer })
    } else if (message.kind === 'return') returned = message
    else if (message.kind === 'settle') {
      const number = Number(message['number'])
      const waiting = awaited.get(number)
      awaited.delete(number)
      if (message['ok']) waiting?.resolve(take(message['value']))
      else waiting?.reject(new Error(String(message['value'])))
    } else if (message.kind === 'expose') {
      Object.defineProperty(globalThis, String(message['name']), {
        value: freeze(take(message['api'])),
        enumerable: true
      })
    }
  })
  return {
    lend,
    take,
    send,
    expose: mine === 'preload' ? (name, api) => send({ kind: 'expose', name, api: lend(api) }) : null
  }
}

/** In the page: what would open a window is told to the main process instead, as Electron's window-open handler is. */
export function refuseWindows(secret: string): void {
  const ask = (url: unknown): null => {
    document.dispatchEvent(
      new CustomEvent(`${secret}-open`, { detail: new URL(String(url ?? ''), document.baseURI).href })
    )
    return null
  }
  window.open = ask
  const onClick = (event: MouseEvent): void => {
    const link = event
      .composedPath()
      .find((target): target is HTMLAnchorElement => target instanceof HTMLAnchorElement && target.href !== '')
    if (!link || event.defaultPrevented) return
    if (link.target === '_blank' || event.button === 1 || event.ctrlKey || event.metaKey || event.shiftKey) {
      event.preventDefault()
      ask(link.href)
    }
  }
  window.addEventListener('click', onClick)
  window.addEventListener('auxclick', onClick)
}

/** In the preload's world: what `require('electron')` gives a sandboxed preload. */
export function preloadWorld(
  secret: string,
  end: typeof bridgeEnd,
  makeCodec: typeof codec
): { require(name: string): unknown } {
  const { pack, unpack } = makeCodec()
  const bridge = end('preload', 'page', secret)
  const listeners = new Map<string, ((event: unknown, ...args: unknown[]) => void)[]>()
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  const world = globalThis as unknown as Record<string, (text: string) => void>
  const post = (message: object): void => world[`${secret}Send`]?.(pack(message))
  let next = 1
  const ipcRenderer = {
    invoke(channel: string, ...args: unknown[]): Promise<unknown> {
      const id = next++
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject })
        post({ kind: 'invoke', id, channel, args })
      })
    },
    on(channel: string, listener: (event: unknown, ...args: unknown[]) => void) {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener])
      return ipcRenderer
    },
    off(channel: string, listener: (event: unknown, ...args: unknown[]) => void) {
      listeners.set(
        channel,
        (listeners.get(channel) ?? []).filter((other) => other !== listener)
      )
      return ipcRenderer
    }
  }
  world[`${secret}Receive`] = (text) => {
    const message = unpack(text) as {
      kind: string
      id: number
      ok: boolean
      value: unknown
      channel: string
      args: unknown[]
    }
    if (message.kind === 'event') {
      for (const listener of listeners.get(message.channel) ?? []) listener({}, ...message.args)
      return
    }
    const asked = waiting.get(message.id)
    waiting.delete(message.id)
    if (message.ok) asked?.resolve(message.value)
    else asked?.reject(new Error(String(message.value)))
  }
  document.addEventListener(`${secret}-open`, (event) =>
    post({ kind: 'open', url: (event as CustomEvent<string>).detail })
  )
  const missing = (name: string, object: object): object =>
    new Proxy(object, {
      get(target, key) {
        if (typeof key === 'symbol' || key in target) return (target as Record<string | symbol, unknown>)[key]
        throw new Error(`The Electron stand-in has no ${name}.${key}`)
      }
    })
  const electron = missing('electron (in a preload)', {
    ipcRenderer: missing('ipcRenderer', ipcRenderer),
    contextBridge: missing('contextBridge', { exposeInMainWorld: bridge.expose })
  })
  return {
    require(name) {
      if (name === 'electron' || name === 'electron/renderer') return electron
      throw new Error(`module not found: ${name}`)
    }
  }
}

/** Chromium does not tell what is in a file or blob that a page posts, only what is in plain bytes. */
export function showBodies(): void {
  const real = window.fetch
  window.fetch = async (input, init) =>
    real(input, init?.body instanceof Blob ? { ...init, body: await init.body.arrayBuffer() } : init)
}
