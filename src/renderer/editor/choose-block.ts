import { $getSelection, type LexicalEditor, type LexicalNode } from 'lexical'
import { $setBlockType } from './block-commands.ts'
import { offerOf, type BlockChoice } from './blocks/editor-blocks.ts'
import { focusFirstField } from './blocks/fields.ts'
import { $goOnBelow } from './caret.ts'
import { $insertBlocks, $leaveLine } from './clipboard/insert-blocks.ts'
import { $endWithShown } from './selection-end.ts'

/** Makes the selected lines what was chosen, or puts in a block that has no line. */
export function $choose(lexical: LexicalEditor, choice: BlockChoice): void {
  const { holds, enters, $make } = offerOf(choice)
  if (holds !== 'nothing') {
    $endWithShown($getSelection())
    return $setBlockType(choice)
  }
  const node = $make()
  $insertBeside(node)
  // What is typed next goes on below a divider, and into the first field of a table.
  if (!enters) return $goOnBelow()
  const key = node.getKey()
  // React draws the fields when the update is over.
  setTimeout(() => focusFirstField(lexical.getElementByKey(key)))
}

/** Beside what is selected, or in the place of an empty line. */
export function $insertBeside(node: LexicalNode): void {
  $leaveLine()
  $insertBlocks([node])
}
