import { fold } from './plain.ts'

/**
 * Agencies and desks named in bylines and picture credits; the first name of each is the one used as a story's source.
 */
const agencies: readonly (readonly string[])[] = [
  ['AFP', 'Agence France-Presse', 'Agence France Presse', 'AFP Photo'],
  ['Reuters', 'Thomson Reuters', 'REUTERS'],
  ['AP', 'Associated Press', 'The Associated Press', 'AP Photo'],
  ['PA', 'PA Media', 'Press Association', 'PA Wire'],
  ['dpa', 'DPA', 'Deutsche Presse-Agentur', 'dpa-AFX'],
  ['EFE', 'EPA', 'EPA-EFE', 'European Pressphoto Agency'],
  ['ANSA'],
  ['Belga'],
  ['APA'],
  ['Keystone'],
  ['TT'],
  ['NTB'],
  ['Ritzau'],
  ['LUSA', 'Lusa'],
  ['TASS', 'Tass', 'ITAR-TASS'],
  ['RIA Novosti', 'RIA'],
  ['Sputnik'],
  ['Interfax'],
  ['Ukrinform'],
  ['Xinhua', 'Xinhua News Agency'],
  ['CNS'],
  ['Kyodo', 'Kyodo News'],
  ['Jiji', 'Jiji Press'],
  ['Yonhap', 'Yonhap News'],
  ['Bernama'],
  ['Antara'],
  ['PTI', 'Press Trust of India'],
  ['ANI'],
  ['IANS'],
  ['UNI'],
  ['APP'],
  ['BSS'],
  ['WAM', 'Wam', 'Emirates News Agency'],
  ['SPA', 'Saudi Press Agency'],
  ['KUNA'],
  ['QNA', 'Qatar News Agency'],
  ['BNA', 'Bahrain News Agency'],
  ['ONA', 'Oman News Agency'],
  ['MENA', 'Middle East News Agency'],
  ['Petra', 'Jordan News Agency'],
  ['SANA'],
  ['NNA'],
  ['INA'],
  ['WAFA', 'Wafa'],
  ['IRNA'],
  ['Tasnim'],
  ['MAP'],
  ['TAP'],
  ['APS'],
  ['LANA'],
  ['SUNA'],
  ['Anadolu', 'Anadolu Agency', 'AA'],
  ['UPI'],
  ['Bloomberg'],
  ['Zuma', 'ZUMA Press'],
  ['CP', 'The Canadian Press', 'Canadian Press'],
  ['AAP', 'Australian Associated Press'],
  ['Getty Images', 'Getty', 'Gallo Images', 'Corbis'],
  ['Shutterstock'],
  ['Alamy', 'Alamy Stock Photo'],
  ['iStock', 'iStockphoto'],
  ['Unsplash'],
  ['Pexels'],
  ['Pixabay'],
  ['Adobe Stock'],
  ['Magnum Photos', 'Magnum'],
  ['NurPhoto'],
  ['SOPA Images'],
  ['LaPresse'],
  ['Action Images'],
  ['Imago', 'IMAGO'],
  ['Agencies', 'Agency', 'News Agencies', 'Wire Services', 'Wires'],
  [
    'Staff',
    'Staff Reporter',
    'Staff Writer',
    'Staff Report',
    'Staff Reporters',
    'Web Desk',
    'News Desk',
    'Newsroom',
    'Our Correspondent',
    'Our Reporter',
    'Correspondent'
  ],
  [
    'File',
    'File Photo',
    'Handout',
    'Supplied',
    'Pool',
    'Twitter',
    'X',
    'Instagram',
    'Facebook',
    'Screengrab',
    'Archive',
    'Courtesy'
  ],
  ['رويترز'],
  ['أ ف ب', 'أ.ف.ب', 'ا ف ب', 'فرانس برس', 'وكالة فرانس برس', 'فرانس 24'],
  ['أ ب', 'أ.ب', 'أسوشيتد برس', 'اسوشيتد برس'],
  ['د ب أ', 'د.ب.أ', 'الألمانية'],
  ['وام', 'وكالة أنباء الإمارات'],
  ['واس', 'وكالة الأنباء السعودية'],
  ['كونا'],
  ['قنا'],
  ['بنا'],
  ['أ ش أ', 'أ.ش.أ', 'وكالة أنباء الشرق الأوسط'],
  ['بترا'],
  ['سانا'],
  ['وفا'],
  ['الأناضول', 'وكالة الأناضول'],
  ['شينخوا'],
  ['تاس'],
  ['سبوتنيك'],
  ['غيتي', 'غيتي إيماجز', 'جيتي'],
  ['وكالات', 'الوكالات', 'وكالة', 'أرشيفية']
]

const byName = new Map(
  agencies.flatMap(([first = '', ...others]) => [first, ...others].map((name) => [fold(name), first] as const))
)
/** Names that are also ordinary words, or say where a picture was found rather than who supplied it. */
const notSources = new Set(['Agencies', 'Staff', 'File'])

/** The agency's usual name; null unless the text is an agency's name and nothing else. */
export function agencyNamed(text: string): string | null {
  return text.length > 60 ? null : (byName.get(fold(text.replace(/(?<![.,;])[.,;]+$/, ''))) ?? null)
}

/** The same for a story's source: "Staff" and "File photo" name nobody. */
export function sourceNamed(text: string): string | null {
  const agency = agencyNamed(text)
  return agency === null || notSources.has(agency) ? null : agency
}

/** Checks every part of "Jane Doe/Pool via AP"; one agency makes it a credit. */
export function holdsAgency(text: string): boolean {
  return text
    .split(/(?:(?<!\s)\s+)?(?:[/|,،]|\bvia\b|\bfor\b|\bعبر\b|(?<=\s)[-–—]\s)\s*/u)
    .some((part) => agencyNamed(part) !== null)
}

const ACRONYM = /^\p{Lu}{2,5}$/u

/** One of the short wire names that is never an ordinary word: AFP, WAM. */
export function isWireAcronym(word: string): boolean {
  return ACRONYM.test(word) && byName.has(fold(word))
}
