declare global {
  interface Window {
    benchRenders: { commits: number; readonly components: Record<string, number> }
  }
}

/** The little of React's own bookkeeping that is read here; the same that its developer tools read. */
interface Fiber {
  readonly tag: number
  readonly flags: number
  readonly type: unknown
  readonly child: Fiber | null
  readonly sibling: Fiber | null
  readonly alternate: Fiber | null
}

/**
 * Runs in the page, before React: counts commits, and for every component how often it rendered. Handed over as source
 * text.
 */
export function watchRenders(): void {
  const found: Window['benchRenders'] = { commits: 0, components: {} }
  window.benchRenders = found
  const PERFORMED_WORK = 1

  function nameOf({ type }: Fiber): string | null {
    if (typeof type === 'function') return type.name || '(anonymous)'
    if (typeof type === 'object' && type !== null) {
      const { render, type: inner } = type as { render?: { name?: string }; type?: { name?: string } }
      return render?.name ?? inner?.name ?? null
    }
    return null
  }

  function walk(next: Fiber, before: Fiber | null): void {
    const name = nameOf(next)
    if (name !== null && (before === null || (next.flags & PERFORMED_WORK) !== 0))
      found.components[name] = (found.components[name] ?? 0) + 1
    if (before !== null && next.child === before.child) return
    for (let child = next.child; child !== null; child = child.sibling) walk(child, child.alternate)
  }

  Object.defineProperty(window, '__REACT_DEVTOOLS_GLOBAL_HOOK__', {
    value: {
      supportsFiber: true,
      inject: () => 1,
      onCommitFiberRoot(_id: number, root: { readonly current: Fiber }) {
        found.commits += 1
        walk(root.current, root.current.alternate)
      },
      onPostCommitFiberRoot: () => undefined,
      onCommitFiberUnmount: () => undefined,
      checkDCE: () => undefined
    }
  })
}
