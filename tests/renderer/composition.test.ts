import { describe, expect, test } from 'vitest'
import { onComposition } from '../../src/renderer/editor/composition.ts'

function listening() {
  const target = new EventTarget()
  const log: string[] = []
  const stop = onComposition(target as Document, {
    begin: () => log.push('begins'),
    end: (written) => log.push(`ends: ${written}`)
  })
  const say = (type: string, facts: object = {}): boolean => target.dispatchEvent(Object.assign(new Event(type), facts))
  return { log, stop, say }
}

describe('composing', () => {
  test('ends with the word that was written, once, and before the next key', () => {
    const { log, say } = listening()
    say('compositionstart')
    say('keydown', { isComposing: true, keyCode: 229 })
    say('compositionend', { data: 'word' })
    say('keydown', { isComposing: false, keyCode: 65 })
    say('keydown', { isComposing: false, keyCode: 65 })
    expect(log).toEqual(['begins', 'ends: word'])
  })

  // As browsers have it where the field goes, or is drawn anew, while somebody composes in it.
  test('that no end is told of ends with the next key that is no part of it', () => {
    const { log, say } = listening()
    say('compositionstart')
    say('keydown', { isComposing: false, keyCode: 229 })
    expect(log).toEqual(['begins'])
    say('keydown', { isComposing: false, keyCode: 65 })
    expect(log).toEqual(['begins', 'ends: '])
  })

  test('ends with whoever listens', () => {
    const { log, say, stop } = listening()
    say('compositionstart')
    stop()
    expect(log).toEqual(['begins', 'ends: '])
  })
})
