import { z } from 'zod'
import { attributedQuote } from './attributed-quote/attributed-quote.ts'
import type { BlockParts } from './define-block.ts'
import { divider } from './divider/divider.ts'
import { heading } from './heading/heading.ts'
import { image } from './image/image.ts'
import { list } from './list/list.ts'
import { paragraph } from './paragraph/paragraph.ts'
import { pullQuote } from './pull-quote/pull-quote.ts'
import { quote } from './quote/quote.ts'
import { table } from './table/table.ts'

/** Every type of block this build knows. Adding one takes a folder and a line here. */
export const blocks = [paragraph, heading, list, quote, image, divider, pullQuote, attributedQuote, table] as const

type KnownBlockSchema = (typeof blocks)[number]['schema']
export type KnownBlock = z.infer<KnownBlockSchema>
export const KnownBlock: z.ZodType<KnownBlock, KnownBlock> = z.discriminatedUnion('type', schemasOf(blocks))

/** The parts of a known type; null for a type this build does not know. */
export function knownParts(type: string): BlockParts<KnownBlock> | null {
  return byType.get(type) ?? null
}

/** The schema of a known type; null for a type this build does not know. */
export function blockSchemaOf(type: string): KnownBlockSchema | null {
  return schemaByType.get(type) ?? null
}

/** The keys specific to a type of block, without those every block has and those of later versions. */
export function contentKeys(type: string): readonly string[] {
  return keysByType.get(type) ?? []
}

/** Every key in the stored form of any block, including nested ones, in the order they are declared. */
export function keysOfBlocks(): readonly string[] {
  return [...new Set(blocks.flatMap(({ schema }) => keysIn(schema)))]
}

function keysIn(schema: unknown): string[] {
  if (schema instanceof z.ZodObject)
    return Object.entries(schema.shape).flatMap(([key, inner]) => [key, ...keysIn(inner)])
  if (schema instanceof z.ZodArray) return keysIn(schema.element)
  return schema instanceof z.ZodOptional || schema instanceof z.ZodNullable ? keysIn(schema.unwrap()) : []
}

const byType = new Map<string, BlockParts<KnownBlock>>(blocks.map((block) => [typeOf(block.schema), block]))
const schemaByType = new Map<string, KnownBlockSchema>(blocks.map(({ schema }) => [typeOf(schema), schema]))
const everyBlock = new Set(['id', 'type', 'dir', 'lang'])
const keysByType = new Map(
  blocks.map(({ schema }) => [typeOf(schema), Object.keys(schema.shape).filter((key) => !everyBlock.has(key))])
)

function schemasOf([first, ...rest]: typeof blocks): [KnownBlockSchema, ...KnownBlockSchema[]] {
  return [first.schema, ...rest.map(({ schema }) => schema)]
}

function typeOf(schema: KnownBlockSchema): string {
  return schema.shape.type.value
}
