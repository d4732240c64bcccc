import { grammar } from '../../grammar.ts'
import type { Said } from '../../said.ts'

const { number, plural } = grammar('en-GB')

/** Exporting stories as files. */
export const exporting = {
  job: ({ count }: { readonly count: number }) =>
    plural(count, { one: 'Exporting # story', other: 'Exporting # stories' }),
  pictureUnknown: 'Exported without one picture: it is not in this library.',
  pictureLeftOut: ({ name, problem }: { readonly name: string; readonly problem: Said }) =>
    `Exported without the picture “${name}”: ${problem}`,
  underEmbargo: {
    text: ({ at, zone }: { readonly at: string; readonly zone: string }) =>
      `The story is under embargo until ${at} (${zone}). It leaves the desk before only for a reason that is written down.`,
    next: 'Say why it leaves; in a shell, with --reason.'
  },
  bug: 'Something went wrong inside Galley while exporting this story. The story itself is safe.',
  cutShort: ({ problem, done, total }: { readonly problem: Said; readonly done: number; readonly total: number }) =>
    `${problem} ${number(done)} of ${plural(total, { one: '# story was', other: '# stories were' })} exported before that.`,
  stopped: ({ done, total }: { readonly done: number; readonly total: number }) =>
    `The export was stopped after ${number(done)} of ${plural(total, { one: '# story', other: '# stories' })}. What was written is whole and stays.`,
  notAnExportFolder: {
    text: 'Only folders that stories were exported to can be shown.',
    next: 'Export the story again, then show its folder.'
  },
  folderGone: { text: 'The export folder is not there any more.', next: 'Export the story again.' },
  wholePath: {
    text: 'The export folder must be named by its whole path.',
    next: 'Choose a folder, or set one in the settings.'
  },
  folderIsAFile: { text: 'The export folder is a file, not a folder.', next: 'Choose another folder.' },
  picturesAreALink: {
    text: 'The folder for the pictures is a link to another place.',
    next: 'Remove the link, or export to another folder.'
  }
} as const
