import { Minus } from 'lucide-react'
import type { DividerBlock } from '../../../../shared/document/blocks/divider/divider.ts'
import { defineEditorBlock, registersNothing } from '../editor-block.ts'
import { $createDivider, DividerNode } from './DividerNode.ts'
import './divider.css'

export const dividerBlock = defineEditorBlock({
  node: DividerNode,
  inner: [],
  holds: 'nothing',
  enters: false,
  theme: {},
  $create: (_block: DividerBlock) => $createDivider(),
  $read: (_node: DividerNode) => ({ type: 'divider' as const }),
  $kind: () => 'divider',
  offers: [{ choice: 'divider', icon: Minus, hasButton: true, keys: null, $make: $createDivider }],
  View: null,
  register: registersNothing
})
