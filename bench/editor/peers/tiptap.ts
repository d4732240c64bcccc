import { Editor } from '@tiptap/core'
import Image from '@tiptap/extension-image'
import StarterKit from '@tiptap/starter-kit'
import { host, offer } from './peer.ts'

const extensions = [StarterKit, Image.configure({ inline: true })]
const editor = new Editor({ element: host(), extensions, content: '', editorProps: { attributes: { class: 'prose' } } })

offer<string>({
  prepare(html) {
    const maker = new Editor({ extensions, content: html })
    const json = JSON.stringify(maker.getJSON())
    maker.destroy()
    return json
  },
  load: (json) => {
    editor.commands.setContent(JSON.parse(json))
  }
})
