import { EventEmitter } from 'node:events'

/** Names that promises, inspectors and test tools look for on anything. */
const looked = new Set([
  'then',
  'toJSON',
  'constructor',
  'domain',
  'nodeType',
  'asymmetricMatch',
  '$$typeof',
  '__esModule',
  'default',
  'preview'
])

/** Whatever is not stood in for says so by name, so that a green run never rests on something that was undefined. */
export function strict<T extends object>(name: string, target: T): T {
  return new Proxy(target, {
    get(object, key, receiver) {
      if (typeof key === 'symbol' || key in object || looked.has(key) || key.startsWith('_'))
        return Reflect.get(object, key, receiver) as unknown
      throw new Error(`The Electron stand-in has no ${name}.${key}`)
    }
  })
}

/** The same for a class to extend. The guard sits behind its prototype, so that private fields still work. */
export function strictEmitter(name: string): typeof EventEmitter {
  class Base extends EventEmitter {}
  Object.setPrototypeOf(Base.prototype, strict(name, Object.create(EventEmitter.prototype) as object))
  return Base as unknown as typeof EventEmitter
}

/** An event that a listener can stop. */
export class Stoppable {
  stopped = false

  preventDefault(): void {
    this.stopped = true
  }

  get defaultPrevented(): boolean {
    return this.stopped
  }
}
