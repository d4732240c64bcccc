import type { Instant } from '../story/instant.ts'
import { offsetName, two, wallClock, type WallClock } from './zoned-time.ts'

/** The words a page says in its own voice, in the language of the story. */
export interface PageWords {
  readonly published: string
  readonly updated: string
  readonly embargoed: string
  readonly planned: string
  /** On what nobody has approved, and on what was withdrawn. */
  readonly marks: Readonly<Record<'draft' | 'killed' | 'trashed', string>>
  readonly corrections: string
  readonly correction: Readonly<Record<'correction' | 'clarification' | 'update', string>>
  /** What a correction could say: what an earlier version said, and what is there now. */
  readonly earlier: {
    readonly headline: (was: string, is: string) => string
    readonly text: (was: string, is: string) => string
    readonly gone: (was: string) => string
    readonly added: (is: string) => string
  }
  readonly related: string
  /** Above the addresses of a text's links. */
  readonly links: string
  readonly topStories: string
  readonly followUs: string
  readonly untitled: string
  readonly date: (clock: WallClock) => string
}

/** A language without words of its own gets English labels and a date in figures, which every reader can read. */
export function pageWords(language: string): PageWords {
  const [base = '', ...rest] = language.toLowerCase().split('-')
  if (base === 'ar' && rest.some((part) => LEVANT.has(part))) return { ...arabic, date: dateIn(MONTHS.arLevant, '،') }
  return WORDS[base] ?? { ...english, date: ({ year, month, day }) => `${year}-${two(month)}-${two(day)},` }
}

/** 13 August 2024, 16:48 GMT+4: date, time and zone of an instant, in the zone it was meant in. */
export function readableInstant(instant: Pick<Instant, 'utc' | 'zone'>, words: PageWords): string {
  const clock = wallClock(instant)
  return `${words.date(clock)} ${two(clock.hour)}:${two(clock.minute)} ${offsetName(clock.offset)}`
}

const LEVANT = new Set(['lb', 'sy', 'jo', 'ps', 'iq'])

const MONTHS = {
  en: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December'
  ],
  ar: ['يناير', 'فبراير', 'مارس', 'أبريل', 'مايو', 'يونيو', 'يوليو', 'أغسطس', 'سبتمبر', 'أكتوبر', 'نوفمبر', 'ديسمبر'],
  arLevant: [
    'كانون الثاني',
    'شباط',
    'آذار',
    'نيسان',
    'أيار',
    'حزيران',
    'تموز',
    'آب',
    'أيلول',
    'تشرين الأول',
    'تشرين الثاني',
    'كانون الأول'
  ],
  fr: [
    'janvier',
    'février',
    'mars',
    'avril',
    'mai',
    'juin',
    'juillet',
    'août',
    'septembre',
    'octobre',
    'novembre',
    'décembre'
  ],
  de: [
    'Januar',
    'Februar',
    'März',
    'April',
    'Mai',
    'Juni',
    'Juli',
    'August',
    'September',
    'Oktober',
    'November',
    'Dezember'
  ],
  es: [
    'enero',
    'febrero',
    'marzo',
    'abril',
    'mayo',
    'junio',
    'julio',
    'agosto',
    'septiembre',
    'octubre',
    'noviembre',
    'diciembre'
  ]
} as const

function dateIn(months: readonly string[], comma: string, dayDot = '', of = ''): (clock: WallClock) => string {
  return ({ year, month, day }) => `${day}${dayDot} ${of}${months[month - 1] ?? ''} ${of}${year}${comma}`
}

const english: PageWords = {
  published: 'Published',
  updated: 'Last updated',
  embargoed: 'Not to be published before',
  planned: 'Planned for',
  marks: {
    draft: 'Draft, not for publication',
    killed: 'Killed, not for publication',
    trashed: 'Discarded, not for publication'
  },
  corrections: 'Corrections',
  correction: { correction: 'Correction', clarification: 'Clarification', update: 'Update' },
  earlier: {
    headline: (was, is) => `An earlier headline of this story said “${was}”. It now says “${is}”.`,
    text: (was, is) => `An earlier version of this story said “${was}”. It now says “${is}”.`,
    gone: (was) => `An earlier version of this story said “${was}”. That is no longer part of it.`,
    added: (is) => `This was added to the story: “${is}”.`
  },
  related: 'Related stories',
  links: 'Links',
  topStories: 'Top stories',
  followUs: 'Follow us on',
  untitled: 'Untitled story',
  date: dateIn(MONTHS.en, ',')
}
const arabic: PageWords = {
  published: 'نُشر',
  updated: 'آخر تحديث',
  embargoed: 'محظور النشر قبل',
  planned: 'موعد النشر المقرر',
  marks: { draft: 'مسودة ليست للنشر', killed: 'سُحب الخبر، ليس للنشر', trashed: 'خبر محذوف، ليس للنشر' },
  corrections: 'تصويبات',
  correction: { correction: 'تصويب', clarification: 'توضيح', update: 'تحديث' },
  earlier: {
    headline: (was, is) => `ورد في عنوان سابق «${was}»، وأصبح «${is}».`,
    text: (was, is) => `ورد في نسخة سابقة من هذا النص «${was}»، وأصبح «${is}».`,
    gone: (was) => `ورد في نسخة سابقة من هذا النص «${was}»، وقد حُذف ذلك.`,
    added: (is) => `أضيف إلى النص: «${is}».`
  },
  related: 'مواضيع ذات صلة',
  links: 'روابط',
  topStories: 'أهم الأخبار',
  followUs: 'تابعونا على',
  untitled: 'خبر بلا عنوان',
  date: dateIn(MONTHS.ar, '،')
}

const WORDS: Readonly<Record<string, PageWords>> = {
  en: english,
  ar: arabic,
  fr: {
    published: 'Publié le',
    updated: 'Mis à jour le',
    embargoed: 'À ne pas publier avant le',
    planned: 'Prévu pour le',
    marks: { draft: 'Brouillon, ne pas publier', killed: 'Annulé, ne pas publier', trashed: 'Écarté, ne pas publier' },
    corrections: 'Corrections',
    correction: { correction: 'Correction', clarification: 'Précision', update: 'Mise à jour' },
    earlier: {
      headline: (was, is) => `Un titre précédent de cet article indiquait « ${was} ». Il indique désormais « ${is} ».`,
      text: (was, is) =>
        `Une version précédente de cet article indiquait « ${was} ». Elle indique désormais « ${is} ».`,
      gone: (was) => `Une version précédente de cet article indiquait « ${was} ». Ce passage a été retiré.`,
      added: (is) => `Ce passage a été ajouté à l’article : « ${is} ».`
    },
    related: 'À lire aussi',
    links: 'Liens',
    topStories: 'À la une',
    followUs: 'Suivez-nous sur',
    untitled: 'Article sans titre',
    date: dateIn(MONTHS.fr, ',')
  },
  de: {
    published: 'Veröffentlicht',
    updated: 'Zuletzt aktualisiert',
    embargoed: 'Nicht zu veröffentlichen vor',
    planned: 'Geplant für',
    marks: {
      draft: 'Entwurf, nicht zur Veröffentlichung',
      killed: 'Zurückgezogen, nicht zur Veröffentlichung',
      trashed: 'Verworfen, nicht zur Veröffentlichung'
    },
    corrections: 'Korrekturen',
    correction: { correction: 'Korrektur', clarification: 'Klarstellung', update: 'Aktualisierung' },
    earlier: {
      headline: (was, is) => `Eine frühere Überschrift lautete „${was}“. Sie lautet jetzt „${is}“.`,
      text: (was, is) => `In einer früheren Fassung dieses Textes hieß es „${was}“. Jetzt heißt es „${is}“.`,
      gone: (was) => `In einer früheren Fassung dieses Textes hieß es „${was}“. Das wurde entfernt.`,
      added: (is) => `Ergänzt wurde: „${is}“.`
    },
    related: 'Mehr zum Thema',
    links: 'Links',
    topStories: 'Topmeldungen',
    followUs: 'Folgen Sie uns auf',
    untitled: 'Artikel ohne Titel',
    date: dateIn(MONTHS.de, ',', '.')
  },
  es: {
    published: 'Publicado',
    updated: 'Actualizado',
    embargoed: 'No publicar antes del',
    planned: 'Previsto para el',
    marks: { draft: 'Borrador, no publicar', killed: 'Anulado, no publicar', trashed: 'Descartado, no publicar' },
    corrections: 'Correcciones',
    correction: { correction: 'Corrección', clarification: 'Aclaración', update: 'Actualización' },
    earlier: {
      headline: (was, is) => `Un titular anterior de esta noticia decía «${was}». Ahora dice «${is}».`,
      text: (was, is) => `Una versión anterior de esta noticia decía «${was}». Ahora dice «${is}».`,
      gone: (was) => `Una versión anterior de esta noticia decía «${was}». Eso se ha retirado.`,
      added: (is) => `Se ha añadido a la noticia: «${is}».`
    },
    related: 'Noticias relacionadas',
    links: 'Enlaces',
    topStories: 'Lo más destacado',
    followUs: 'Síganos en',
    untitled: 'Noticia sin título',
    date: dateIn(MONTHS.es, ',', '', 'de ')
  }
}
