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

export const publishedLabels = [
  'First published on',
  'First published',
  'Originally published',
  'This story is from',
  'This article is from',
  'This story was published on',
  'This article was published on',
  'Date posted',
  'Uploaded on',
  'Released on',
  'Pubblicato il',
  'Gepubliceerd op',
  '公開日',
  '掲載日',
  '投稿日',
  '発表日',
  '配信日',
  '发布时间',
  '发布于',
  'Published on',
  'Published at',
  'Published',
  'Date published',
  'Publication date',
  'Posted on',
  'Posted at',
  'Posted',
  'Date',
  'Issued on',
  'Issued',
  'Created',
  'تاريخ النشر',
  'نشر في',
  'نُشر في',
  'نشر بتاريخ',
  'نُشر',
  'نشر',
  'تم النشر في',
  'تم النشر',
  'Publié le',
  'Publié',
  'Veröffentlicht am',
  'Veröffentlicht',
  'Publicado el',
  'Publicado',
  'Опубликовано',
  'Дата публикации',
  'Опубліковано',
  'Opublikowano',
  'Data publikacji',
  'Publikováno',
  'Yayınlanma tarihi',
  'Yayınlanma',
  'Yayın tarihi',
  'Publicerad',
  'Publiceret',
  'Publisert',
  'Julkaistu',
  'Diterbitkan',
  'Δημοσιεύθηκε',
  'Δημοσίευση',
  'Gepubliceerd',
  'Geplaatst op',
  'Geplaatst',
  'Publicado em',
  'Publicada el',
  'Pubblicato',
  '입력',
  '등록',
  '게시',
  'פורסם',
  'تاریخ انتشار'
]

export const updatedLabels = [
  'Last updated on',
  'Ultimo aggiornamento',
  'Laatst bijgewerkt',
  '最終更新日',
  '更新日時',
  '更新日',
  '最后更新',
  'Last updated at',
  'Last updated',
  'Last update',
  'Last modified',
  'Updated on',
  'Updated at',
  'Updated',
  'Update',
  'Modified on',
  'Modified',
  'آخر تحديث',
  'اخر تحديث',
  'تاريخ التحديث',
  'تم التحديث في',
  'تم التحديث',
  'حُدّث في',
  'حدث في',
  'تحديث',
  'Mis à jour le',
  'Mise à jour le',
  'Mis à jour',
  'Mise à jour',
  'Aktualisiert am',
  'Aktualisiert',
  'Zuletzt aktualisiert',
  'Actualizado el',
  'Actualizado',
  'Última actualización',
  'Обновлено',
  'Дата обновления',
  'Оновлено',
  'Aktualizacja',
  'Zaktualizowano',
  'Aktualizováno',
  'Son güncelleme',
  'Güncelleme',
  'Güncellenme',
  'Uppdaterad',
  'Opdateret',
  'Oppdatert',
  'Päivitetty',
  'Diperbarui',
  'Ενημερώθηκε',
  'Ενημέρωση',
  'Aggiornato il',
  'Aggiornato',
  'Atualizado em',
  'Atualizado',
  'Actualizada el',
  'Bijgewerkt',
  'Stand',
  'Zuletzt geändert',
  '최종수정',
  '수정',
  'עודכן'
]

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

/** Names of sections that are alone above a headline. */
export const sectionNames = new Set([
  'world',
  'news',
  'politics',
  'business',
  'economy',
  'sport',
  'sports',
  'opinion',
  'comment',
  'culture',
  'arts',
  'entertainment',
  'lifestyle',
  'life & style',
  'health',
  'science',
  'technology',
  'tech',
  'travel',
  'education',
  'environment',
  'climate',
  'local',
  'national',
  'international',
  'region',
  'regional',
  'uae',
  'gulf',
  'mena',
  'middle east',
  'africa',
  'asia',
  'europe',
  'americas',
  'us',
  'uk',
  'weather',
  'markets',
  'energy',
  'property',
  'motoring',
  'features',
  'analysis',
  'community',
  'city',
  'football',
  'cricket',
  'العالم',
  'سياسة',
  'اقتصاد',
  'رياضة',
  'ثقافة',
  'صحة',
  'علوم',
  'تكنولوجيا',
  'محليات',
  'عرب وعالم',
  'اخبار',
  'منوعات',
  'راي',
  'مجتمع',
  'monde',
  'politique',
  'économie',
  'société',
  'politik',
  'wirtschaft',
  'deportes',
  'mundo',
  'política',
  'economía'
])

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
