import { $getSelection, type LexicalEditor, type LexicalNode } from 'lexical'
import { $setBlockType } from './block-commands.ts'
import { offerOf, type BlockChoice } from './blocks/editor-blocks.ts'
import { focusFirstField } from './blocks/fields.ts'
import { $goOnBelow } from './caret.ts'
import { $insertBlocks, $leaveLine } from './clipboard/insert-blocks.ts'
import { $endWithShown } from './selection-end.ts'

/** Turns the selected lines into what was chosen, or inserts a block that has no line. */
export function $choose(lexical: LexicalEditor, choice: BlockChoice): void {
  const { holds, enters, $make } = offerOf(choice)
  if (holds !== 'nothing') {
    $endWithShown($getSelection())
    return $setBlockType(choice)
  }
  const node = $make()
  $insertBeside(node)
  // Typing continues below a divider, but in the first field of a table.
  if (!enters) return $goOnBelow()
  const key = node.getKey()
  // React renders the fields after the update.
  setTimeout(() => focusFirstField(lexical.getElementByKey(key)))
}

/** Inserts a block next to the selection, or in place of an empty line. */
export function $insertBeside(node: LexicalNode): void {
  $leaveLine()
  $insertBlocks([node])
}
