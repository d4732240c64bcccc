import { fold } from './plain.ts'

const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/).filter(Boolean))

/** Words that no name begins with, after "By", "Von", "Por" or "Par". */
const NEVER_FIRST = set(`
  the a an this that these those all any no some each every early late mid then now next last far popular
  monday tuesday wednesday thursday friday saturday sunday contrast comparison virtue christmas easter ramadan
  montag dienstag mittwoch donnerstag freitag samstag sonntag seiten seite beruf anfang grund weitem nahem neuem allem
  weihnachten ostern pfingsten oben unten heute morgen gestern hier dort
  lunes martes miércoles jueves viernes sábado domingo navidad semana san santa ejemplo supuesto favor primera primer
  segunda última último aquí allí ahora eso tanto
  lundi mardi mercredi jeudi vendredi samedi dimanche pâques temps hasard ici ailleurs exemple conséquent tous toutes
`)

/** Ordinary words that are no name by themselves or with others of these; "By June Carter" is one. */
const ORDINARY = set(`
  january february march april may june july august september october november december spring summer autumn fall winter
  monday tuesday wednesday thursday friday saturday sunday dawn dusk noon midday midnight day night morning evening afternoon week month year eve today tomorrow tonight
  land sea air water road rail train bus car boat ship ferry bike foot hand heart hook crook night law order orders
  design accident default proxy demand appointment invitation only royal means measure force decree consent chance nature
  example definition numbers number committee candlelight god heaven all any popular name reason word phone telephone mail
  email post
  januar februar märz mai juni juli oktober dezember frühling sommer herbst winter hand haus hause natur fischer kopf
  enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre tarde noche mañana día año
  carretera tierra mar aire tren barco avión ley decreto fin dios vez error suerte desgracia mayoría unanimidad
  janvier février mars avril juin juillet août septembre octobre novembre décembre noël mer terre route rail avion bateau
  décret loi nuit jour matin soir malheur bonheur chance erreur pluie
`)

/** The Arabic labels ("wrote", "report", "prepared") also begin sentences; no name begins with an article or preposition. */
const ARABIC_NOT_FIRST = /^(?:ال\p{L}|لل\p{L}|(?:في|من|الى|على|عن|مع|ان|هذا|هذه|كل|بعد|قبل|حول)(?:\s|$))/u

/** True if the words cannot be a name, though they are capitalised as one is. */
export function isNoName(part: string): boolean {
  const words = fold(part)
    .replace(/[“”"'().,!?]/g, ' ')
    .split(/[\s-]+/u)
    .filter((word) => word !== '')
  if (words.length === 0 || !/\p{L}/u.test(part)) return true
  const [first = ''] = words
  // An article in lower case: "Par la Route".
  if (NEVER_FIRST.has(first) || /^(?:la|le|les|el|los|las)\s/u.test(part)) return true
  // "By Ellery Council's Reckoning"
  if (/\p{L}['’]s\s\p{L}|\p{L}s['’]\s\p{L}/u.test(part)) return true
  if (/\p{Script=Arabic}/u.test(first)) return ARABIC_NOT_FIRST.test(words.join(' '))
  return words.every((word) => ORDINARY.has(word) || /^\d+$/.test(word))
}
