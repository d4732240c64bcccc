import type { FindView } from './find-session.ts'
import type { TextPlaces } from '../text-places.ts'

const ALL = 'galley-found'
const NOW = 'galley-found-now'

/**
 * Marks the hits in view with CSS highlights, which leave the page itself unchanged. The cost depends on what is on
 * screen, not on the length of the story.
 */
export function markHits(places: TextPlaces, view: () => FindView): { redraw(): void; hide(): void; stop(): void } {
  /** What is drawn no longer matches the hits, until the next search. */
  let stale = false
  let asked = 0
  let field: Element | null = null
  const draw = (): void => {
    asked = 0
    const { hits, at } = view()
    const isNear = places.isNear()
    const near = hits.filter(({ place }) => isNear(place))
    const now = hits[at]
    const ranges = near.flatMap((hit) => (hit === now ? [] : (places.rangeOf(hit) ?? [])))
    CSS.highlights.set(ALL, new Highlight(...ranges))
    const range = now && places.rangeOf(now)
    const highlight = new Highlight(...(range ? [range] : []))
    highlight.priority = 1
    CSS.highlights.set(NOW, highlight)
    // Text inside a control cannot be highlighted, so the control itself is marked.
    const control = now && !range ? (places.elementOf(now.place)?.closest('.g-field') ?? null) : null
    if (control !== field) {
      field?.removeAttribute('data-found')
      control?.setAttribute('data-found', '')
      field = control
    }
  }
  const follow = (): void => {
    if (asked === 0 && !stale) asked = requestAnimationFrame(draw)
  }
  const redraw = (): void => {
    stale = false
    follow()
  }
  const clear = (): void => {
    cancelAnimationFrame(asked)
    asked = 0
    CSS.highlights.delete(ALL)
    CSS.highlights.delete(NOW)
  }
  const { scroller } = places
  scroller?.addEventListener('scroll', follow, { passive: true })
  addEventListener('resize', follow)
  redraw()
  return {
    redraw,
    hide: () => {
      if (stale) return
      stale = true
      clear()
    },
    stop: () => {
      clear()
      scroller?.removeEventListener('scroll', follow)
      removeEventListener('resize', follow)
      field?.removeAttribute('data-found')
    }
  }
}
