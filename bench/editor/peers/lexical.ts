import { createEmptyHistoryState, registerHistory } from '@lexical/history'
import { $generateNodesFromDOM } from '@lexical/html'
import { LinkNode } from '@lexical/link'
import { ListItemNode, ListNode } from '@lexical/list'
import { HeadingNode, QuoteNode, registerRichText } from '@lexical/rich-text'
import {
  $getRoot,
  $insertNodes,
  createEditor,
  DecoratorNode,
  type DOMConversionMap,
  type LexicalEditor,
  type NodeKey,
  type SerializedLexicalNode
} from 'lexical'
import { host, offer } from './peer.ts'

/** Lexical has no picture of its own; this is the least one. */
class PictureNode extends DecoratorNode<null> {
  readonly __src: string
  readonly __alt: string

  constructor(src: string, alt: string, key?: NodeKey) {
    super(key)
    this.__src = src
    this.__alt = alt
  }

  static override getType(): string {
    return 'picture'
  }
  static override clone(node: PictureNode): PictureNode {
    return new PictureNode(node.__src, node.__alt, node.__key)
  }
  static override importJSON(json: SerializedLexicalNode): PictureNode {
    const { src, alt } = json as SerializedLexicalNode & { src: string; alt: string }
    return new PictureNode(src, alt)
  }
  static override importDOM(): DOMConversionMap {
    return {
      img: () => ({
        conversion: (element) => ({
          node: new PictureNode(
            (element as HTMLImageElement).getAttribute('src') ?? '',
            (element as HTMLImageElement).alt
          )
        }),
        priority: 1
      })
    }
  }

  override exportJSON(): SerializedLexicalNode & { src: string; alt: string } {
    return { ...super.exportJSON(), src: this.__src, alt: this.__alt }
  }
  override createDOM(): HTMLElement {
    const image = document.createElement('img')
    image.src = this.__src
    image.alt = this.__alt
    return image
  }
  override updateDOM(): false {
    return false
  }
  override decorate(): null {
    return null
  }
  override isInline(): true {
    return true
  }
}

const nodes = [HeadingNode, QuoteNode, ListNode, ListItemNode, LinkNode, PictureNode]

function create(): LexicalEditor {
  return createEditor({
    namespace: 'bench',
    nodes,
    onError: (error) => {
      throw error
    }
  })
}

const page = document.createElement('div')
page.className = 'prose'
page.contentEditable = 'true'
host().append(page)
const editor = create()
editor.setRootElement(page)
registerRichText(editor)
registerHistory(editor, createEmptyHistoryState(), 300)

offer<string>({
  prepare(html) {
    const maker = create()
    const document = new DOMParser().parseFromString(html, 'text/html')
    maker.update(
      () => {
        $getRoot().clear().select()
        $insertNodes($generateNodesFromDOM(maker, document))
      },
      { discrete: true }
    )
    return JSON.stringify(maker.getEditorState())
  },
  load: (json) => editor.setEditorState(editor.parseEditorState(json))
})
