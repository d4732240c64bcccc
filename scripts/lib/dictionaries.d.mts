import type { Plugin } from 'vite'
import type { Notice } from './licences.mjs'

export interface Dictionary {
  readonly tag: string
  readonly name: string
  readonly version: string
  readonly licence: string
  readonly text: string
  readonly aff: string
  readonly dic: string
}
export function dictionaries(root: string): readonly Dictionary[]
export function dictionaryNotices(root: string): readonly Notice[]
export function dictionaryFiles(root: string): Plugin
