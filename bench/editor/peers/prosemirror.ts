import 'prosemirror-view/style/prosemirror.css'
import { baseKeymap } from 'prosemirror-commands'
import { history, redo, undo } from 'prosemirror-history'
import { keymap } from 'prosemirror-keymap'
import { DOMParser as DocumentParser, Schema } from 'prosemirror-model'
import { schema as basic } from 'prosemirror-schema-basic'
import { addListNodes } from 'prosemirror-schema-list'
import { EditorState } from 'prosemirror-state'
import { EditorView } from 'prosemirror-view'
import { host, offer } from './peer.ts'

const schema = new Schema({
  nodes: addListNodes(basic.spec.nodes, 'paragraph block*', 'block'),
  marks: basic.spec.marks
})
const plugins = [history(), keymap({ 'Mod-z': undo, 'Mod-y': redo }), keymap(baseKeymap)]
const view = new EditorView(host(), { state: EditorState.create({ schema, plugins }), attributes: { class: 'prose' } })

offer<string>({
  prepare(html) {
    const page = new DOMParser().parseFromString(html, 'text/html')
    return JSON.stringify(DocumentParser.fromSchema(schema).parse(page.body).toJSON())
  },
  load: (json) => view.updateState(EditorState.create({ doc: schema.nodeFromJSON(JSON.parse(json)), plugins }))
})
