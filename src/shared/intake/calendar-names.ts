const MONTHS: Readonly<Record<string, number>> = Object.fromEntries(
  [
    [
      'january',
      'jan',
      'janvier',
      'janv',
      'januar',
      'jänner',
      'enero',
      'ene',
      'janeiro',
      'gennaio',
      'januari',
      'يناير',
      'كانون الثاني',
      'كانون ثاني',
      'جانفي'
    ],
    [
      'february',
      'feb',
      'février',
      'févr',
      'fév',
      'februar',
      'febrero',
      'fevereiro',
      'febbraio',
      'februari',
      'فبراير',
      'شباط',
      'فيفري'
    ],
    ['march', 'mar', 'mars', 'märz', 'marzo', 'mär', 'março', 'maart', 'مارس', 'آذار', 'اذار'],
    ['april', 'apr', 'avril', 'avr', 'abril', 'abr', 'aprile', 'أبريل', 'ابريل', 'إبريل', 'نيسان', 'أفريل'],
    ['may', 'mai', 'mayo', 'maio', 'maggio', 'mei', 'مايو', 'أيار', 'ايار', 'ماي'],
    ['june', 'jun', 'juin', 'juni', 'junio', 'junho', 'giugno', 'يونيو', 'يونيه', 'حزيران', 'جوان'],
    ['july', 'jul', 'juillet', 'juil', 'juli', 'julio', 'julho', 'luglio', 'يوليو', 'يوليه', 'تموز', 'جويلية'],
    ['august', 'aug', 'août', 'aout', 'agosto', 'ago', 'augustus', 'أغسطس', 'اغسطس', 'آب', 'اب', 'أوت'],
    ['september', 'sept', 'sep', 'septembre', 'septiembre', 'setembro', 'settembre', 'سبتمبر', 'أيلول', 'ايلول'],
    [
      'october',
      'oct',
      'octobre',
      'oktober',
      'okt',
      'octubre',
      'outubro',
      'ottobre',
      'أكتوبر',
      'اكتوبر',
      'تشرين الأول',
      'تشرين الاول',
      'تشرين أول'
    ],
    ['november', 'nov', 'novembre', 'noviembre', 'novembro', 'نوفمبر', 'تشرين الثاني', 'تشرين ثاني'],
    [
      'december',
      'dec',
      'décembre',
      'déc',
      'dezember',
      'dez',
      'diciembre',
      'dic',
      'dezembro',
      'dicembre',
      'ديسمبر',
      'كانون الأول',
      'كانون الاول',
      'كانون أول'
    ]
  ].flatMap((names, index) => names.map((name) => [name.normalize('NFC'), index + 1] as const))
)
/** The months' names as alternatives of a pattern, the longest first. */
export const MONTH_NAMES = Object.keys(MONTHS)
  .sort((a, b) => b.length - a.length)
  .join('|')

/** From 1 on; 0 for a word that is no month. */
export function monthNamed(name: string | undefined): number {
  return MONTHS[(name ?? '').toLowerCase().normalize('NFC')] ?? 0
}

/** From Sunday on. */
export const WEEKDAY_NAMES: readonly (readonly string[])[] = [
  ['sunday', 'sun', 'dimanche', 'sonntag', 'domingo', 'domenica', 'zondag', 'الأحد', 'الاحد'],
  ['monday', 'mon', 'lundi', 'montag', 'lunes', 'segunda', 'lunedì', 'maandag', 'الاثنين', 'الإثنين'],
  ['tuesday', 'tues', 'tue', 'mardi', 'dienstag', 'martes', 'terça', 'martedì', 'dinsdag', 'الثلاثاء'],
  ['wednesday', 'wed', 'mercredi', 'mittwoch', 'miércoles', 'quarta', 'mercoledì', 'woensdag', 'الأربعاء', 'الاربعاء'],
  ['thursday', 'thurs', 'thur', 'thu', 'jeudi', 'donnerstag', 'jueves', 'quinta', 'giovedì', 'donderdag', 'الخميس'],
  ['friday', 'fri', 'vendredi', 'freitag', 'viernes', 'sexta', 'venerdì', 'vrijdag', 'الجمعة'],
  ['saturday', 'sat', 'samedi', 'samstag', 'sábado', 'sabato', 'zaterdag', 'السبت']
]
/** The day of the week, 0 for Sunday, by its name in lower case. */
export const WEEKDAY_OF = new Map(WEEKDAY_NAMES.flatMap((names, day) => names.map((name) => [name, day] as const)))
