import { fold } from './plain.ts'

const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/).filter(Boolean))

/** Words that follow a language's word for "by" without naming anybody. */
interface Words {
  /** No name begins with these. */
  readonly neverFirst: ReadonlySet<string>
  /** These are not a name on their own or with others of these; "By June Carter" is a name. */
  readonly ordinary: ReadonlySet<string>
}

const ENGLISH: Words = {
  neverFirst: set(`
    the a an this that these those all any no some each every early late mid then now next last far popular
    monday tuesday wednesday thursday friday saturday sunday contrast comparison virtue christmas easter ramadan
    our their its your her his
  `),
  ordinary: set(`
    january february march april may june july august september october november december spring summer autumn fall winter
    monday tuesday wednesday thursday friday saturday sunday dawn dusk noon midday midnight day night morning evening afternoon week month year eve today tomorrow tonight
    land sea air water road rail train bus car boat ship ferry bike foot hand heart hook crook law order orders
    design accident default proxy demand appointment invitation only royal means measure force decree consent chance nature
    example definition numbers number committee candlelight god heaven all any popular name reason word phone telephone mail
    email post story report text special common public popular royal new high arrangement consent vote degrees count my charter
    rote stealth mistake leaps bounds twos threes shy three
  `)
}

const GERMAN: Words = {
  neverFirst: set(`
    montag dienstag mittwoch donnerstag freitag samstag sonntag seiten seite beruf anfang grund weitem nahem neuem allem
    weihnachten ostern pfingsten oben unten heute morgen gestern hier dort
  `),
  ordinary: set(`
    januar februar märz april mai juni juli august september oktober november dezember frühling sommer herbst winter
    hand haus hause natur fischer kopf mittag mitternacht
  `)
}

const SPANISH: Words = {
  neverFirst: set(`
    lunes martes miércoles jueves viernes sábado domingo navidad semana san santa ejemplo supuesto favor primera primer
    segunda última último aquí allí ahora eso tanto
  `),
  ordinary: set(`
    enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre tarde noche mañana día año
    carretera tierra mar aire tren barco avión ley decreto fin dios vez error suerte desgracia mayoría unanimidad amor carta
  `)
}

const FRENCH: Words = {
  neverFirst: set(`
    lundi mardi mercredi jeudi vendredi samedi dimanche pâques temps hasard ici ailleurs exemple conséquent tous toutes
  `),
  ordinary: set(`
    janvier février mars avril mai juin juillet août septembre octobre novembre décembre noël mer terre route rail avion
    bateau décret loi nuit jour matin soir malheur bonheur chance erreur pluie amour principe défaut monts vaux
  `)
}

/** If the language is unknown: words that cannot be a name in any of them. */
const ANY: Words = {
  neverFirst: new Set([ENGLISH, GERMAN, SPANISH, FRENCH].flatMap(({ neverFirst }) => [...neverFirst])),
  ordinary: new Set([ENGLISH, GERMAN, SPANISH, FRENCH].flatMap(({ ordinary }) => [...ordinary]))
}

/** Days, months and seasons that are also first names: a name if another kind of word follows. */
const GIVEN = set(`
  april may june august summer autumn dawn eve tuesday wednesday easter ramadan juli mai domingo abril julio noël
`)
/** Common surnames among the ordinary words: "August Winter". */
const SURNAMES = set('winter summer sommer herbst frühling fischer land hand post abril road king')
/** After these days comes the name of the feast: "Domingo de Ramos". */
const FEASTS = /^(?:de |del |da )?(?:ramos|pascua|páscoa|resurrección|adviento|monday|sunday|eve)$/

/** The Arabic labels ("wrote", "report", "prepared") also begin sentences; no name begins with an article or preposition. */
const ARABIC_NOT_FIRST = /^(?:ال\p{L}|لل\p{L}|(?:في|من|الى|على|عن|مع|ان|هذا|هذه|كل|بعد|قبل|حول)(?:\s|$))/u

/**
 * True if the words cannot be a name, although they are capitalised like one. `label`: the byline's words before it,
 * which show its language.
 */
export function isNoName(part: string, label = ''): boolean {
  const words = fold(part)
    .replace(/[“”"'().,!?]/g, ' ')
    .split(/[\s-]+/u)
    .filter((word) => word !== '')
  if (words.length === 0 || !/\p{L}/u.test(part)) return true
  const [first = '', second = ''] = words
  // "A. J. Liebling", "A J Liebling": initials, whatever words a single letter may be.
  if (/^\p{Lu}(?:\.\s?\p{Lu}|\s\p{Lu}[\s.]).{0,60}\p{Ll}/u.test(part)) return false
  // An article in lower case: "Par la Route".
  if (/^(?:la|le|les|el|los|las)\s/u.test(part)) return true
  const { neverFirst, ordinary } = wordsOf(label)
  const isFeast = FEASTS.test(words.slice(1).join(' '))
  const isGiven =
    GIVEN.has(first) &&
    second !== '' &&
    !isFeast &&
    (!ordinary.has(second) || (words.length === 2 && SURNAMES.has(second)))
  if (neverFirst.has(first) && !isGiven) return true
  // "By Ellery Council's Reckoning"
  if (/\p{L}['’]s\s\p{L}|\p{L}s['’]\s\p{L}/u.test(part)) return true
  if (/\p{Script=Arabic}/u.test(first)) return ARABIC_NOT_FIRST.test(words.join(' '))
  return !isGiven && words.every((word) => ordinary.has(word) || /^\d+$/.test(word))
}

function wordsOf(label: string): Words {
  const last = fold(label)
    .match(/\p{L}+/gu)
    ?.at(-1)
  if (last === 'by') return ENGLISH
  if (last === 'von') return GERMAN
  if (last === 'por') return SPANISH
  return last === 'par' ? FRENCH : ANY
}
