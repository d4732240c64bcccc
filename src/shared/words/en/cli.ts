import { groupedFingerprint, type Certificate } from '../../publishing/certificate.ts'
import { certificateFaults, certificates } from './certificates.ts'
import { grammar } from '../grammar.ts'
import { cliHistory } from './history.ts'

const { number, plural } = grammar('en-GB')

/** What the command line prints: its help, its tables and what it says about its work. Its errors are in `said/`. */
export const cli = {
  help: {
    usage: 'galley <command> [options]',
    usageOf: (command: string) => `galley ${command} [options]`,
    about: `Every command takes --library DIR and --json. If Galley has the library open, that Galley carries out the command.
ID is a story's id, the beginning of one, its slugline or its slug.

galley help <command> says more. The exit code is 0 for success, 1 failed, 2 wrong use, 3 not found,
4 refused or in conflict, 5 not reachable or not finished in time, 6 the library is busy or read-only.`,
    noSuchCommand: (name: string) => `There is no command “${name}”.`,
    seeHelp: (command: string) => `\`galley ${command} --help\` shows how it is used.`
  },
  commonOptions: {
    library: { value: 'DIR', help: (folder: string) => `the library's folder (default: ${folder})` },
    json: { value: '', help: 'results as lines of JSON' },
    help: { value: '', help: 'this text' }
  },
  commands: {
    intake: {
      operands: 'FILE…',
      summary: 'takes in saved pages (text or HTML) as stories, and shows what became of every line',
      about: '“-” reads standard input. Nothing of a page is lost: the raw page is kept beside the story.',
      options: {
        zone: { value: 'ZONE', help: 'time zone of dates that name none, such as Asia/Dubai (default: the desk’s)' },
        review: { value: '', help: 'only show what each line would become; make no story' },
        into: { value: 'ID', help: 'update that story from the page instead of making one; the old text is kept' }
      }
    },
    import: {
      operands: 'FILE…',
      summary: 'reads stories from Galley JSON or ninjs files',
      about:
        'A story whose id is in the library already comes in as a copy with an id of its own. “-” reads standard input.',
      options: {}
    },
    list: {
      operands: '',
      summary: 'lists stories, the newest change first',
      about: '',
      options: {
        search: { value: 'WORDS', help: 'only stories that hold all these words' },
        status: {
          value: 'STATUS',
          help: (names: string) => `${names}; may be given more than once (default: all but trashed)`
        },
        section: { value: 'NAME', help: 'only this section' },
        language: { value: 'CODE', help: 'only this language, such as ar' },
        sort: { value: 'KEY', help: (names: string) => `${names} (default: changed)` },
        reverse: { value: '', help: 'the other way round: oldest, shortest, last letter first' },
        limit: { value: 'N', help: 'how many at most; 0 for all (default: 50)' }
      }
    },
    show: {
      operands: 'ID',
      summary: 'shows a story',
      about: '',
      options: {
        format: { value: 'FORMAT', help: (names: string) => `as it would be exported: ${names}` },
        reason: { value: 'TEXT', help: 'why copy under embargo leaves the desk; logged' }
      }
    },
    export: {
      operands: 'ID…',
      summary: 'writes stories as files',
      about: 'Never replaces a file unless told to: a second “Bridge closes.html” becomes “Bridge closes (2).html”.',
      options: {
        format: { value: 'FORMAT', help: (names: string) => `${names}; may be given more than once (default: html)` },
        out: { value: 'DIR', help: 'the folder to write into (default: the desk’s export folder)' },
        inline: { value: '', help: 'pictures inside the page rather than beside it' },
        replace: { value: '', help: 'replace files of the same name' },
        reason: { value: 'TEXT', help: 'why copy under embargo leaves the desk; logged' },
        all: { value: '', help: 'every story that is not in the trash' }
      }
    },
    publish: {
      operands: 'ID',
      summary: 'approves a story as it is and publishes it to a CMS',
      about: `Without --wait it is queued, and leaves while Galley has the library open. “--target practice” starts the practice CMS where it is not running.
With --wait: 0 when the CMS has it, public or for its hour, and it was read back, 4 when the CMS refused it or it is in conflict, 5 when it was not done in time; it then stays queued.`,
      options: {
        target: {
          value: 'NAME',
          help: 'name or id of a target in the settings; may be left out where there is only one'
        },
        at: {
          value: 'TIME',
          help: 'the hour to publish it: 2027-01-02T09:00+04:00, or without an offset in the zone of the desk'
        },
        'fired-by': {
          value: 'cms|desk',
          help: 'who publishes it at its hour: the site, which gets it now, or this machine (default: as for the version it replaces, else the site, where it can)'
        },
        newsletter: {
          value: 'SLUG',
          help: 'sends a first publication as this newsletter of Ghost too; without it none is sent'
        },
        now: { value: '', help: 'now, whatever hour it was to be released at; an embargo holds all the same' },
        minor: { value: '', help: 'an update that changes no date readers see' },
        correction: {
          value: '',
          help: 'an update that brings readers a notice; refused where the story has no new one'
        },
        wait: { value: '', help: 'wait until it is live' },
        timeout: { value: 'S', help: 'seconds to wait at most (default: 120)' }
      }
    },
    withdraw: {
      operands: 'ID',
      summary: 'takes a story down from a CMS, and verifies that it is gone',
      about: `It goes through the outbox as a publication does. The reason is kept with the story and never sent.
With --wait: 0 when the CMS no longer shows it, 4 when it refused or somebody changed the story there, 5 when it was not done in time; it then stays queued.`,
      options: {
        target: {
          value: 'NAME',
          help: 'name or id of a target; may be given more than once (default: every one that has it)'
        },
        reason: { value: 'TEXT', help: 'why; required' },
        wait: { value: '', help: 'wait until it is down' },
        timeout: { value: 'S', help: 'seconds to wait at most (default: 120)' }
      }
    },
    outbox: {
      operands: '',
      summary: 'lists deliveries to CMSs and their outcome',
      about: '',
      options: {
        open: { value: '', help: 'only what is not done' },
        planned: { value: '', help: 'planned deliveries and embargoes still to come, the next first' }
      }
    },
    history: {
      operands: 'ID [A B]',
      summary: 'lists the versions of a story, the newest first; --diff shows what differs between two',
      about:
        'A and B are revisions as the list shows them. With --diff and A alone, the version is compared with the story as it is now.',
      options: { diff: { value: '', help: 'what differs between revision A and revision B' } }
    },
    check: {
      operands: 'ID',
      summary: 'shows what the desk’s checks find in a story',
      about: 'Exits with 4 if something stops publishing, otherwise with 0.',
      options: {}
    },
    restore: {
      operands: 'ID REVISION',
      summary: 'brings a version of a story back; the text it replaces is kept as a version',
      about: 'The times of the story stay as they are: when it was first published, and its embargo.',
      options: {}
    },
    receipt: {
      operands: 'ID',
      summary: 'shows what is live of a story, as each CMS itself said when it was read back',
      about: '',
      options: {}
    },
    targets: {
      operands: '[add|test|trust|remove|orphans|authors NAME]',
      summary:
        'lists the CMSs this desk publishes to; adds, tests or removes one; trusts its certificate; finds what faults left there; says whom bylines are there',
      about: `A secret is read from standard input or from an environment variable, never from the command line, which others can see.
galley targets add "The site" --kind wordpress --url https://news.example.org --user desk --secret-env WORDPRESS_PASSWORD`,
      options: {
        kind: { value: 'KIND', help: (names: string) => `${names} (default: what the address tells)` },
        url: { value: 'ADDRESS', help: 'its address; https, or http on this machine' },
        user: { value: 'NAME', help: 'the account there, for kinds that have one' },
        'secret-stdin': { value: '', help: 'read the secret from standard input' },
        'secret-env': { value: 'VAR', help: 'read the secret from this variable' },
        set: {
          value: 'KEY=VALUE',
          help: 'a setting of its kind; with authors, BYLINE=ID of whom that is there, nobody where the ID is empty; may be given more than once'
        },
        fingerprint: {
          value: 'SHA-256',
          help: 'with add and trust: the one certificate to trust there, whatever this machine says of it'
        },
        forget: { value: '', help: 'with trust: trust no certificate there but what this machine trusts' },
        remove: { value: '', help: 'with orphans: remove what was found' }
      }
    },
    serve: {
      operands: '',
      summary: 'serves Galley to a browser on this machine, without opening a window',
      about: 'Prints the address to open, which works once. Ctrl+C ends it.',
      options: {
        port: { value: 'N', help: 'the port (default: any free one)' },
        exports: { value: 'DIR', help: 'where exports go while the desk has chosen no folder' }
      }
    },
    doctor: {
      operands: '',
      summary: 'checks the library from end to end',
      about: 'The exit code is 1 if anything is wrong.',
      options: {}
    },
    licences: {
      operands: '',
      summary: 'lists the software Galley is built on, with its licences',
      about: '',
      options: { text: { value: '', help: 'the licences themselves, whole' } }
    },
    'sample-library': {
      operands: '',
      summary: 'fills a library with made-up news, for try-outs and benches',
      about:
        'Mostly English, with Arabic, Chinese and Japanese among it; about 600 words each. The same seed gives the same stories; those that are there are left alone.',
      options: {
        stories: { value: 'N', help: 'how many (default: 1000)' },
        seed: { value: 'S', help: 'a number (default: 1)' }
      }
    }
  },
  targets: {
    added: (name: string, kind: string, url: string) => `Added ${name} (${kind}) at ${url}`,
    thisRun: 'This machine has no keychain Galley can trust: the secret is kept until Galley closes.',
    tested: (name: string, message: string) => `${name}: ${message}`,
    /** The details of a certificate that this machine does not accept. */
    certificate: ({ names, holder, issuer, from, until, fingerprint, faults }: Certificate) =>
      [
        ...faults.map((fault) => certificateFaults[fault]),
        `${certificates.names}: ${names.join(', ') || certificates.nobody}`,
        `${certificates.holder}: ${holder || certificates.nobody}`,
        `${certificates.issuer}: ${issuer || certificates.nobody}`,
        `${certificates.from}: ${from}`,
        `${certificates.until}: ${until}`,
        `${certificates.fingerprint}: ${groupedFingerprint(fingerprint)}`
      ].join('\n'),
    howToTrust: (name: string, fingerprint: string) =>
      `${certificates.compare}\ngalley targets trust ${JSON.stringify(name)} --fingerprint ${fingerprint}`,
    trusts: (name: string, fingerprint: string) => `${name} is trusted by this certificate alone: ${fingerprint}`,
    trustsNone: (name: string) => `No certificate of ${name} is trusted but what this machine trusts.`,
    isAuthor: (byline: string, who: string) =>
      who === '' ? `${byline} goes under the account Galley uses there.` : `${byline} goes under ${who}.`,
    noOrphans: 'Nothing was left behind there.',
    orphans: { draft: 'draft', picture: 'picture' },
    orphansRemoved: (count: number) => plural(count, { one: '# thing removed', other: '# things removed' }),
    removed: (name: string) => `Removed ${name}. Stories that are live there stay as they are.`
  },
  receipt: {
    noAddress: 'no public address',
    withdrawn: (reason: string) => `withdrawn: ${reason}`,
    firedThere: 'published by the site itself',
    ofEarlier: (revision: number) => `of the version before: revision ${revision} has not arrived`,
    since: {
      changed: 'changed there by somebody before it was read back:',
      gone: 'taken down there by somebody'
    },
    readBack: (at: string) => `read back ${at}`,
    publicBy: (at: string) => `public by ${at}`,
    facts: (revision: number, media: number, proven: string, sum: string) =>
      `revision ${revision}, ${plural(media, { one: '# picture', other: '# pictures' })}, ${proven}, SHA-256 ${sum}`
  },
  history: cliHistory,
  checks: {
    nothing: 'Nothing to fix.',
    body: 'body',
    levels: { required: 'required', advised: 'advised' }
  },
  planned: { delivery: 'publish', embargo: 'embargo ends', laptop: 'this laptop', site: 'the site' },
  columns: {
    weight: 'WEIGHT',
    place: 'WHERE',
    found: 'FOUND',
    saved: 'SAVED',
    by: 'BY',
    name: 'NAME',
    kind: 'KIND',
    secret: 'SECRET',
    address: 'ADDRESS',
    id: 'ID',
    status: 'STATUS',
    changed: 'CHANGED',
    section: 'SECTION',
    words: 'WORDS',
    headline: 'HEADLINE',
    state: 'STATE',
    target: 'TARGET',
    revision: 'REVISION',
    queued: 'QUEUED',
    leaves: 'AT',
    sentBy: 'SENT BY',
    problem: 'PROBLEM',
    check: 'CHECK',
    line: 'LINE',
    keptAs: 'KEPT AS',
    text: 'TEXT',
    why: 'WHY',
    version: 'VERSION',
    licence: 'LICENCE'
  },
  doctor: { ok: 'ok', problem: 'PROBLEM' },
  show: {
    id: 'Id',
    status: 'Status',
    statusAndRevision: (status: string, revision: number) => `${status}, revision ${revision}`,
    kicker: 'Kicker',
    headline: 'Headline',
    standfirst: 'Standfirst',
    byline: 'Byline',
    source: 'Source',
    dateline: 'Dateline',
    section: 'Section',
    keywords: 'Keywords',
    slugline: 'Slugline',
    slug: 'Slug',
    language: 'Language',
    created: 'Created',
    published: 'Published',
    updated: 'Updated',
    embargoedUntil: 'Embargoed until',
    plannedFor: 'Planned for',
    caption: 'Caption',
    credit: 'Credit',
    editorsNote: 'Editor’s note'
  },
  known: {
    same: (headline: string, id: string) => `this is already on the desk: “${headline}” (${id})`,
    newer: (headline: string, id: string) =>
      `this is a newer version of “${headline}” (${id}); --into brings that story up to it`,
    older: (headline: string, id: string) => `this is an older version of “${headline}” (${id})`,
    other: (headline: string, id: string) => `this is another version of “${headline}” (${id})`
  },
  untitled: 'Untitled story',
  nothingToExport: 'There are no stories to export.',
  progress: (done: number, total: number) => `${number(done)} of ${number(total)} …`,
  storiesOf: (done: number, total: number) =>
    `${number(done)} of ${plural(total, { one: '# story', other: '# stories' })} …`,
  listed: (shown: number, total: number) =>
    `${number(shown)} of ${plural(total, { one: '# story', other: '# stories' })}; --limit 0 lists all.`,
  added: (added: number, library: string) =>
    `${plural(added, { one: '# story', other: '# stories' })} added to ${library}`,
  live: (target: string, address: string, revision: number, proven: string) =>
    `Live on ${target}: ${address} (revision ${revision}, ${proven})`,
  withdrawn: (target: string, headline: string, at: string) =>
    `Withdrawn from ${target}: ${headline} (looked at ${at})`,
  onItsWay: (state: string, headline: string, target: string, revision: number) =>
    `${state}: ${headline} → ${target}, revision ${revision}`,
  handedOver: (when: string, headline: string, target: string, revision: number) =>
    `scheduled on the site, which publishes it at ${when}: ${headline} → ${target}, revision ${revision}`,
  scheduledFor: (when: string, headline: string, target: string, revision: number) =>
    `scheduled for ${when}: ${headline} → ${target}, revision ${revision}`,
  standardInput: 'standard input',
  openAlready: 'Galley has this library open already; its window is in front.'
} as const
