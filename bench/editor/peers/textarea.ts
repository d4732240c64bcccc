import { host, offer } from './peer.ts'

const area = document.createElement('textarea')
area.className = 'prose plain'
host().classList.add('plain')
host().append(area)

offer<string>({
  prepare: (_html, text) => text,
  load: (text) => {
    area.value = text
  }
})
