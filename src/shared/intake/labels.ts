/** Words that say what a line is and are not words of the story. Longest first where one begins another. */

const bylineLabels = [
  'Written by',
  'Reported by',
  'Story by',
  'Text by',
  'Words by',
  'Opinion by',
  'Analysis by',
  'Commentary by',
  'Column by',
  'Essay by',
  'Guest essay by',
  'Review by',
  'Reviewed by',
  'Interview by',
  'Reporting by',
  'Report by',
  'Compiled by',
  'By',
  'بقلم',
  'كتب',
  'كتبت',
  'إعداد',
  'تقرير',
  'Par',
  'Von',
  'Por',
  'Escrito por',
  'Scritto da',
  'Geschreven door',
  'Skrevet av',
  'Skrevet af',
  'Skriven av',
  'Kirjoittanut',
  'Napisał',
  'Napisała',
  'Написал',
  'Написала',
  'מאת'
]

/** "By" without a name. */
export function isLabelOnly(text: string): boolean {
  return /^\s?(?:by|par|von|por|written by|by:|story by|words by|作者[:：]?|著者[:：]?|記者[:：]?|撰文[:：]?)\s?$/iu.test(
    text.slice(0, 40)
  )
}

/** Who translated: where these are alone a name follows. */
const translatorLabels = ['翻訳者', '訳者', '翻訳', '译者', '譯者', '编译', '編譯']

/** Words like any other, and labels before a colon or a sign that stands for one. */
const signedBylineLabels = [
  '作者',
  '著者',
  '記者',
  '文',
  '取材・文',
  '撰文',
  '執筆',
  '글',
  '작성자',
  ...translatorLabels,
  'Author',
  'Authors',
  'Writer',
  'Reporter',
  'Words',
  'Text',
  'Texte',
  'Texto',
  'Testo',
  'Tekst',
  'Autor',
  'Autora',
  'Autore',
  'Auteur',
  'Autorka',
  'Författare',
  'Forfatter',
  'Kirjoittaja',
  'Yazan',
  'Yazar',
  'Penulis',
  'Автор',
  'Автор статьи',
  'Текст',
  'Συντάκτης',
  'الكاتب',
  'الكاتبة',
  'نویسنده',
  'מחבר'
]

/** How many characters at the start of a line only say that names follow. */
export function bylineLabelLength(line: string): number {
  return Math.max(labelLength(line, bylineLabels), labelLength(line, signedBylineLabels, { needsColon: true }))
}

/** Says that the name of who translated follows, and is none itself. */
export function isNameLabel(text: string): boolean {
  return translatorLabels.includes(text.trim())
}

export const captionLabels = [
  'Image caption,',
  'Media caption,',
  'Video caption,',
  'Figure caption,',
  'Légende',
  'Photo caption',
  'Image caption',
  'File photo',
  'Caption',
  'FILE',
  'تعليق الصورة',
  'أرشيفية'
]

export const creditLabels = [
  'Image source,',
  'Photo source,',
  'Image source',
  'Photo source',
  'Image copyright',
  'Photo credit',
  'Image credit',
  'Picture credit',
  'Photograph by',
  'Photograph',
  'Photos by',
  'Photo by',
  'Picture by',
  'Image by',
  'Pictures',
  'Picture',
  'Photos',
  'Photo',
  'Images',
  'Image',
  'Credits',
  'Credit',
  'Pic',
  'Courtesy of',
  'Courtesy',
  'Supplied by',
  'Handout',
  'Crédit photo',
  'Crédit',
  'Foto',
  'Bild',
  'Fotografía',
  'تصوير',
  'الصورة من',
  'الصورة',
  'صورة',
  'المصدر',
  'عدسة'
]

export const keywordLabels = [
  'Tags',
  'Topics',
  'Keywords',
  'Filed under',
  'In this story',
  'كلمات مفتاحية',
  'الكلمات المفتاحية',
  'كلمات دلالية',
  'الكلمات الدالة',
  'وسوم',
  'الوسوم',
  'Mots-clés',
  'Schlagwörter',
  'Etiquetas'
]

export const sectionLabels = ['Section', 'Category', 'القسم', 'Rubrique', 'Ressort', 'Sección']

export const relatedLabels = [
  'Also read',
  'Read also',
  'Read more',
  'Related',
  'See also',
  'Read',
  'اقرأ أيضاً',
  'اقرأ أيضا',
  'اقرأ المزيد',
  'Lire aussi',
  'À lire aussi',
  'Lesen Sie auch',
  'Lea también'
]

/**
 * How long the label at the start of the line is, with its colon, dash and spaces; 0 without one. Without a colon or
 * dash the label must be followed by a space.
 */
export function labelLength(text: string, labels: readonly string[], { needsColon = false } = {}): number {
  const start = /^[\s([|•·]*/u.exec(text)?.[0].length ?? 0
  const candidates = byFirstLetter(labels).get((text[start] ?? '').toLowerCase())
  let best = 0
  for (const label of candidates ?? []) {
    const end = start + label.length
    if (text.slice(start, end).toLowerCase() !== label) continue
    const separator = /^(?:\s*[:：|/●◎＝]\s*|\s+[-–—]\s+|\s+)/u.exec(text.slice(end, end + 20))?.[0] ?? ''
    const isEnd = end >= text.trimEnd().length
    if (separator === '' && !isEnd) continue
    if (needsColon && !/[:：|/●◎＝–—-]/u.test(separator) && !label.endsWith(',')) continue
    best = Math.max(best, end + separator.length)
  }
  return best
}

const indexes = new WeakMap<readonly string[], ReadonlyMap<string, readonly string[]>>()

function byFirstLetter(labels: readonly string[]): ReadonlyMap<string, readonly string[]> {
  let index = indexes.get(labels)
  if (!index) {
    index = Map.groupBy(
      labels.map((label) => label.toLowerCase()),
      (label) => label[0] ?? ''
    )
    indexes.set(labels, index)
  }
  return index
}
