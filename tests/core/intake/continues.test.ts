import { describe, expect, it } from 'vitest'
import { body, lines, review } from './support.ts'

const story = [
  'The lamp on the mole burned again on Friday night, after eleven months in which no boat could see the bar.',
  'Its lens was cleaned by hand, said the keeper, who had kept the brushes of his grandfather in a tea tin.',
  'The harbour master wants a second lamp on the other side, and has written to the ministry about it twice.'
]
const whole = story.map((text) => `paragraph: ${text}`)
const headline = 'The lamp on the mole burns again'
const text = (line: string) => review(`${headline}\n\n${story[0]}\n\n${line}\n\n${story.slice(1).join('\n\n')}\n`)
const page = (line: string) =>
  review(
    `<html><body><article><h1>${headline}</h1><p>${story[0]}</p><p>${line}</p>${story
      .slice(1)
      .map((one) => `<p>${one}</p>`)
      .join('')}</article></body></html>`,
    { name: 'lamp.html' }
  )

describe('a line that only says that the story goes on below is left out, and shown as left out', () => {
  it.each([
    'Story continues below',
    '↓ Story continues below ↓',
    'STORY CONTINUES BELOW THIS AD',
    'Article continues after this ad',
    '(Article continues below advertisement)',
    'This story continues below.',
    'The article continues after the video:',
    'Content continues below the newsletter sign-up',
    'Story resumes below',
    'Advertisement — story continues below',
    'Scroll down to continue',
    'Scroll down to continue reading',
    'Keep scrolling for more',
    'Continue reading below',
    'La suite après la publicité',
    'L’article continue ci-dessous',
    'Faites défiler pour continuer la lecture',
    'Der Artikel geht nach der Anzeige weiter',
    'Text läuft unter dem Bild weiter',
    'Weiter nach der Anzeige',
    'El artículo continúa después de la publicidad',
    'La noticia sigue más abajo.',
    'Continua após a publicidade',
    'A matéria continua depois da publicidade',
    "L'articolo prosegue dopo la pubblicità",
    'Continua a leggere dopo la pubblicità',
    'Artikel gaat verder onder de advertentie',
    'Tekst loopt door onder de foto',
    'Artikeln fortsätter efter annonsen',
    'Saken fortsetter under annonsen',
    'Artiklen fortsætter efter annoncen',
    'Juttu jatkuu mainoksen jälkeen',
    'Dalsza część artykułu pod reklamą',
    'Článek pokračuje pod reklamou',
    'Продолжение после рекламы',
    'Продовження статті нижче',
    'Haberin devamı aşağıda',
    'Artikel ini berlanjut setelah iklan',
    'Το άρθρο συνεχίζεται μετά τη διαφήμιση',
    'يستمر المقال بعد الإعلان',
    'أكمل القراءة أدناه',
    'המשך הכתבה אחרי הפרסומת',
    '文章在广告后继续',
    '請繼續往下閱讀',
    '記事は広告の後に続きます',
    '기사는 광고 뒤에 계속됩니다'
  ])('%s', (line) => {
    for (const found of [text(line), page(line)]) {
      expect(body(found)).toEqual(whole)
      expect(lines(found, 'furniture')).toEqual([line])
    }
  })

  it.each([
    'Work continues below the bridge, the foreman said.',
    'Story continues below, he had written on the last page of the diary.',
    'The story continues after the photo of his father was found.',
    'Scroll down to the year of the flood and you will find his name.',
    'La suite après la publicité, disait-on à la radio du port.',
    'Der Artikel geht nach der Anzeige an das Gericht zurück.',
    'La noticia sigue más abajo en el archivo del puerto.',
    'Статья продолжается ниже именем сторожа, говорит архивариус.'
  ])('but a sentence stays: %s', (line) => {
    for (const found of [text(line), page(line)]) expect(body(found).join('\n')).toContain(line)
  })
})
