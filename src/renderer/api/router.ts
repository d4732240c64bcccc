import { createStore, useStore } from './store.ts'

/** The desk's addresses. */
export type Route =
  | { readonly name: 'library' }
  | { readonly name: 'story'; readonly id: string }
  | { readonly name: 'settings' }
  | { readonly name: 'recovery' }
  | { readonly name: 'outbox' }

export function parseAddress(address: string): Route {
  const path = address.replace(/^galley:\/\//, '/').replace(/[?#].*$/, '')
  const story = /^\/+story\/([0-9a-f-]{36})\/?$/i.exec(path)
  if (story?.[1]) return { name: 'story', id: story[1].toLowerCase() }
  if (/^\/+settings\/?$/.test(path)) return { name: 'settings' }
  if (/^\/+recovery\/?$/.test(path)) return { name: 'recovery' }
  if (/^\/+outbox\/?$/.test(path)) return { name: 'outbox' }
  return { name: 'library' }
}

export function addressOf(route: Route): string {
  switch (route.name) {
    case 'library':
      return '/'
    case 'story':
      return `/story/${route.id}`
    case 'settings':
      return '/settings'
    case 'recovery':
      return '/recovery'
    case 'outbox':
      return '/outbox'
  }
}

const current = createStore<Route>(parseAddress(location.pathname))
addEventListener('popstate', () => current.set(parseAddress(location.pathname)))

export function navigate(to: Route | string, how: 'push' | 'replace' = 'push'): void {
  const route = typeof to === 'string' ? parseAddress(to) : to
  const address = addressOf(route)
  if (address === addressOf(current.get()) && address === location.pathname) return
  if (how === 'push') history.pushState(null, '', address)
  else history.replaceState(null, '', address)
  current.set(route)
}

export function useRoute(): Route {
  return useStore(current)
}
