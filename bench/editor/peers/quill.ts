import Quill from 'quill'
import 'quill/dist/quill.snow.css'
import { host, offer } from './peer.ts'

function make(): Quill {
  const place = document.createElement('div')
  host().append(place)
  return new Quill(place, { theme: 'snow', modules: { toolbar: false } })
}

const quill = make()
quill.root.classList.add('prose')

offer<string>({
  prepare(html) {
    const delta = quill.clipboard.convert({ html })
    return JSON.stringify(delta.ops)
  },
  load: (json) => {
    quill.setContents(JSON.parse(json))
  }
})
