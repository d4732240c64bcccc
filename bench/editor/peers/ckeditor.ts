import {
  Bold,
  ClassicEditor,
  Essentials,
  Heading,
  Image,
  ImageInline,
  Italic,
  Link,
  List,
  Paragraph,
  PasteFromOffice
} from 'ckeditor5'
import 'ckeditor5/ckeditor5.css'
import { host, offer } from './peer.ts'

const place = document.createElement('div')
host().append(place)
const editor = await ClassicEditor.create(place, {
  licenseKey: 'GPL',
  plugins: [Essentials, Paragraph, Heading, Bold, Italic, Link, List, Image, ImageInline, PasteFromOffice],
  toolbar: ['heading', '|', 'bold', 'italic', 'link', 'bulletedList']
})
editor.editing.view.change((writer) => {
  const root = editor.editing.view.document.getRoot()
  if (root) writer.addClass('prose', root)
})

offer<string>({
  // HTML is what CKEditor stores.
  prepare: (html) => html,
  load: (html) => {
    editor.setData(html)
  }
})
