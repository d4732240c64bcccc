import { host, offer } from './peer.ts'

/**
 * No editor at all: the text is there and the keys go to an empty element. What is left is the price of the bench
 * itself.
 */
const page = document.createElement('div')
page.className = 'prose'
page.contentEditable = 'true'
host().append(page)
page.addEventListener('beforeinput', (event) => event.preventDefault())

offer<string>({
  prepare: (html) => html,
  load: (html) => {
    page.innerHTML = html
  }
})
