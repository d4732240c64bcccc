import { grammar } from '../../grammar.ts'
import type { Said } from '../../said.ts'

const { number, plural } = grammar('en-GB')

/** Usage errors of the command line, and things it could not find. */
export const commandLine = {
  hourPassed: {
    text: ({ problem }: { readonly problem: Said }) => problem,
    next: 'Add --now to publish it at once, or name another hour with --at.'
  },
  noSuchFormat: {
    text: ({ format }: { readonly format: string }) => `There is no format “${format}”.`,
    next: ({ formats }: { readonly formats: string }) => `It is one of ${formats}.`
  },
  nothingToExport: 'export needs ID… or --all.',
  noSuchStatus: {
    text: ({ status }: { readonly status: string }) => `There is no status “${status}”.`,
    next: ({ statuses }: { readonly statuses: string }) => `It is one of ${statuses}.`
  },
  noSuchSort: {
    text: ({ sort }: { readonly sort: string }) => `Stories cannot be sorted by “${sort}”.`,
    next: ({ sorts }: { readonly sorts: string }) => `Sort by ${sorts}.`
  },
  diffNeedsRevisions: {
    text: '--diff compares two versions, and revisions are given with --diff alone.',
    next: '`galley history ID` lists them; then galley history ID --diff 3 7.'
  },
  notARevision: {
    text: ({ text }: { readonly text: string }) => `“${text}” is not a revision.`,
    next: '`galley history ID` lists the revisions of a story, which are whole numbers.'
  },
  noTargets: {
    text: 'This library has no target to publish to.',
    next: 'Add one in Galley’s settings, or try --target practice.'
  },
  whichTarget: {
    text: 'There is more than one target.',
    next: ({ names }: { readonly names: string }) => `Name one with --target: ${names}.`
  },
  noSuchTarget: {
    text: ({ name }: { readonly name: string }) => `There is no target “${name}”.`,
    next: ({ names }: { readonly names: string }) => `There is ${names}.`
  },
  targetNeedsName: {
    text: ({ verb }: { readonly verb: string }) => `“targets ${verb}” needs the name of a target.`,
    next: 'Write it after the verb.'
  },
  noSuchVerb: {
    text: ({ verb }: { readonly verb: string }) => `“targets ${verb}” is not known.`,
    next: 'It is add, test, trust, orphans, authors or remove, or nothing for the list.'
  },
  whichKind: {
    text: '--kind says which kind of CMS it is.',
    next: ({ kinds }: { readonly kinds: string }) => `It is one of ${kinds}.`
  },
  notAFingerprint: {
    text: 'That is not a SHA-256 fingerprint.',
    next: 'Copy it whole: 32 pairs of the digits 0 to 9 and the letters A to F.'
  },
  noFingerprint: {
    text: '“targets trust” needs either --fingerprint or --forget.',
    next: 'Take the fingerprint from whoever runs the CMS; “targets test NAME” shows what the CMS itself shows.'
  },
  noUrl: { text: '--url is missing.', next: 'Give the address of the CMS.' },
  noSuchAuthor: {
    text: ({ pair }: { readonly pair: string }) => `--set ${pair} names nobody there.`,
    next: 'Write it as --set "Amal Haddad=ID", with an ID of the list without --set.'
  },
  notASetting: {
    text: ({ pair }: { readonly pair: string }) => `--set ${pair} is not KEY=VALUE.`,
    next: 'Write it as --set status=draft.'
  },
  emptyVariable: {
    text: ({ variable }: { readonly variable: string }) => `There is nothing in the variable ${variable}.`,
    next: 'Put the secret into it, or use --secret-stdin.'
  },
  secretTooLong: { text: 'That is too long for a secret.', next: 'Send the secret alone.' },
  noSecret: {
    text: 'There was no secret on standard input.',
    next: 'Send it there: galley targets add … < secret.txt'
  },
  severalTargets: {
    text: ({ name, count }: { readonly name: string; readonly count: number }) =>
      `${count} targets are called “${name}”.`,
    next: 'Give the id of one; `galley targets --json` shows it.'
  },
  noReason: 'A story is withdrawn for a reason: give it with --reason.',
  notLive: { text: 'No CMS shows this story.', next: 'galley receipt ID tells what each CMS said last.' },
  noReceipt: 'There is no receipt for this story: no CMS has it yet.',
  noSuchFile: ({ path }: { readonly path: string }) => `There is no file ${path}.`,
  notAFile: ({ path }: { readonly path: string }) => `${path} is not a file.`,
  unreadableFile: ({ path }: { readonly path: string }) => `${path} could not be read.`,
  tooLarge: ({ what, limit }: { readonly what: string; readonly limit: number }) =>
    `${what} is larger than ${limit} MB.`,
  libraryIsOpen: {
    text: 'This library is open in Galley.',
    next: 'Close it there, or name another folder with --library.'
  },
  noLibrary: {
    text: ({ library }: { readonly library: string }) => `There is no library in ${library}.`,
    next: 'Name another folder with --library; intake, import and sample-library make one.'
  },
  noSuchStory: {
    text: ({ reference }: { readonly reference: string }) => `No story of this library is called “${reference}”.`,
    next: '`galley list` shows the stories and their ids.'
  },
  whichStory: {
    text: ({
      reference,
      count,
      stories
    }: {
      readonly reference: string
      readonly count: number
      readonly stories: string
    }) => `“${reference}” could be ${plural(count, { one: '# story', other: '# stories' })}:\n${stories}`,
    next: 'Give more of the id.'
  },
  takesNothing: ({ command, operand }: { readonly command: string; readonly operand: string }) =>
    `${command} takes no ${operand}.`,
  takesNoMore: ({ command, operands }: { readonly command: string; readonly operands: string }) =>
    `${command} takes ${operands} and nothing more.`,
  unknownOption: ({ why }: { readonly why: string }) => why,
  firedBy: ({ names, text }: { readonly names: string; readonly text: string }) =>
    `“${text}” publishes nothing at an hour: ${names}`,
  notATime: {
    text: ({ text }: { readonly text: string }) => `“${text}” is not a date and time.`,
    next: 'Write it as 2027-01-02T09:00+04:00.'
  },
  timeSkipped: {
    text: ({ zone, text }: { readonly zone: string; readonly text: string }) => `The clocks in ${zone} skip ${text}.`,
    next: 'Add the offset: 2027-01-02T09:00+04:00.'
  },
  timeTwice: {
    text: ({ zone, text }: { readonly zone: string; readonly text: string }) =>
      `The clocks in ${zone} show ${text} twice.`,
    next: 'Add the offset: 2027-01-02T09:00+04:00.'
  },
  needsOperands: ({ command, operands }: { readonly command: string; readonly operands: string }) =>
    `${command} needs ${operands}.`,
  notANumber: ({ option, text }: { readonly option: string; readonly text: string }) =>
    `--${option} takes a whole number, not “${text}”.`,
  badPort: '--port takes a number from 0 to 65535.',
  sampleStopped: {
    text: ({ done, total }: { readonly done: number; readonly total: number }) =>
      `Stopped after ${number(done)} of ${plural(total, { one: '# story', other: '# stories' })}.`,
    next: 'Run it again to go on.'
  }
} as const
