import { host, offer } from './peer.ts'

const page = document.createElement('div')
page.className = 'prose'
page.contentEditable = 'true'
host().append(page)

offer<string>({
  prepare: (html) => html,
  load: (html) => {
    page.innerHTML = html
  }
})
