import { expect, it } from 'vitest'
import { siteAddress, withScheme } from '../../../src/shared/publishing/site-address.ts'

it.each([
  ['news.example.org', 'https://news.example.org'],
  [' news.example.org/blog/ ', 'https://news.example.org/blog/'],
  ['localhost:2368', 'http://localhost:2368'],
  ['127.0.0.1:2368/ghost', 'http://127.0.0.1:2368'],
  ['[::1]:2368', 'http://[::1]:2368'],
  ['https://news.example.org/ghost/#/settings/integrations', 'https://news.example.org'],
  ['https://news.example.org/blog/ghost/', 'https://news.example.org/blog'],
  ['https://news.example.org/wp-admin/edit.php?post_type=page', 'https://news.example.org'],
  ['https://news.example.org/wp-login.php', 'https://news.example.org'],
  // Parts of an address that only look like it, and what is none, are nobody's to change.
  ['https://news.example.org/ghosts', 'https://news.example.org/ghosts'],
  ['http://news.example.org', 'http://news.example.org'],
  ['https://ann:secret@news.example.org/ghost', 'https://ann:secret@news.example.org/ghost'],
  ['mailto:desk@example.org', 'mailto:desk@example.org'],
  ['news', 'news'],
  ['', '']
])('%s is the site %s', (typed, site) => {
  expect(siteAddress(typed)).toBe(site)
})

it('an endpoint keeps its path, whatever that is', () => {
  expect(withScheme('cms.example.org/ghost/api')).toBe('https://cms.example.org/ghost/api')
})
