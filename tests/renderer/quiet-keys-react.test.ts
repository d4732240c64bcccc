import { afterEach, expect, test, vi } from 'vitest'

// What `quiet-keys.ts` relies on in React and in the component library. A test that fails after an upgrade names what changed:
// the desk then still works, and each key costs what it did before.

/** As much of a page as React asks for when it makes a root, noting who listens to what. */
class Place extends EventTarget {
  readonly nodeType: number
  readonly heard: string[] = []
  ownerDocument: Place | null = null
  constructor(nodeType: number) {
    super()
    this.nodeType = nodeType
  }

  override addEventListener(type: string, listener: EventListener): void {
    this.heard.push(type)
    super.addEventListener(type, listener)
  }
}

afterEach(() => {
  vi.unstubAllGlobals()
  vi.resetModules()
})

test('react-dom listens with the own addEventListener of its root, to each key on its way down and up', async () => {
  const { root } = await drawnRoot()
  for (const type of ['keydown', 'keypress', 'keyup', 'input'])
    expect(
      root.heard.filter((heard) => heard === type),
      type
    ).toHaveLength(2)
})

test('react-dom asks the own addEventListener of the document for selectionchange while it makes a root, and then only', async () => {
  const { page } = await drawnRoot()
  expect(page.heard).toEqual(['selectionchange'])
})

test('the component library follows keys with the own addEventListener of the document', async () => {
  const page = Object.assign(new Place(9), {
    documentElement: {},
    body: {},
    readyState: 'complete',
    createElement: () => ({ style: {} })
  })
  const window = Object.assign(new Place(0), {
    document: page,
    HTMLElement: class {
      focus(): void {}
    },
    HTMLInputElement: class {},
    navigator: { userAgent: '', platform: '' },
    screen: { orientation: new EventTarget() },
    visualViewport: new EventTarget(),
    matchMedia: () => ({ matches: false, addEventListener: () => undefined })
  })
  vi.stubGlobal('document', page)
  vi.stubGlobal('window', window)
  vi.stubGlobal('HTMLElement', window.HTMLElement)
  vi.stubGlobal('HTMLInputElement', window.HTMLInputElement)
  await import('react-aria-components')
  expect(page.heard).toEqual(expect.arrayContaining(['keydown', 'keyup']))
})

async function drawnRoot(): Promise<{ root: Place; page: Place }> {
  const page = new Place(9)
  const root = new Place(1)
  root.ownerDocument = page
  const { createRoot } = await import('react-dom/client')
  createRoot(root as unknown as HTMLElement)
  return { root, page }
}
