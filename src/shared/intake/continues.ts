import { fold } from './plain.ts'
import type { Unit } from './units.ts'
import { say } from '../words/message.ts'

/** Longer lines are never just a pointer to the rest of the story. */
const LONGEST = 120

/**
 * Decides lines that only say that the story continues further down: "Story continues below", "Weiter nach der
 * Anzeige". The whole line must say that and nothing else, since "Work continues below the bridge" is part of the
 * story.
 */
export function settleContinues(units: readonly Unit[]): void {
  for (const unit of units) {
    // The desk's own rules take precedence.
    const rule = unit.verdict?.rule ?? null
    if (rule !== null && !/^(?:[a-z]{2}|html)\.|^channel-names$|^language-links$/.test(rule)) continue
    if (unit.line.tag !== 'h1' && unit.text.length <= LONGEST && isContinues(unit.text))
      unit.decide('furniture', say('reason.continues'))
  }
}

export function isContinues(text: string): boolean {
  const line = fold(text)
    .replace(/^[^\p{L}]{1,40}/u, '')
    .replace(/(?<![^\p{L}\p{M}])[^\p{L}\p{M}]{1,40}$/u, '')
    .replace(LABEL, '')
  return line !== '' && CONTINUES.some((shape) => shape.test(line))
}

/** An advertisement may announce itself on the same line. */
const LABEL =
  /^(?:ad|ads|advert|advertisement|advertising|sponsored|publicité|pub|anzeige|werbung|publicidad|anuncio|publicidade|anúncio|pubblicità|advertentie|annons|annonse|annonce|reklama|реклама|reklam|iklan|اعلان|広告|广告|廣告)(?:[^\p{L}]{1,5}|$)/u

/** What interrupts a story, in English. */
const BREAK =
  '(?:[\\p{L}-]{1,15} )?(?:ads?|adverts?|advertisements?|advertising|videos?|photos?|photographs?|gallery|galleries|images?|pictures?|graphics?|infographic|map|chart|slideshow|newsletter|sign-?up|form|promo|promotion|break|box|message|poll|podcast|player|tweet|embed|links?)'

const CONTINUES: readonly RegExp[] = [
  // English
  new RegExp(
    `^(?:(?:the |this |our )?(?:story|article|text|content|report|interview|column|review|coverage|piece|blog|news) )?(?:continues?|continued|resumes?|carries on|goes on)(?: reading)?(?: on)? (?:below|after|beneath|underneath|under|following|further down)(?: (?:the|this|our|these))?(?: ${BREAK})?$`,
    'u'
  ),
  /^(?:story|article|text|content) continues$/,
  /^(?:the )?(?:rest of the )?(?:story|article|text|content) (?:is )?(?:below|after (?:the|this) ad(?:vert|vertisement)?)$/,
  /^continue reading (?:below|the main story|(?:the|this) (?:story|article)(?: below)?|after (?:the|this) ad(?:vert|vertisement)?|below (?:the|this) ad(?:vert|vertisement)?)$/,
  /^(?:please )?(?:keep |continue )?(?:scroll|swipe)(?:ing)?(?: down| on| below)?(?: past (?:the|this) ad(?:vert|vertisement)?)?(?: (?:to|for|and) (?:continue|read|see|keep|view|more|the rest|the full (?:story|article))(?: reading| scrolling| on| more| below| the (?:full )?(?:story|article)| (?:with )?(?:the |this )?(?:content|story|article|reading)| of the (?:story|article))?)$/,
  /^(?:keep|continue) scrolling$|^scroll down$/,
  // French
  /^(?:la )?suite (?:de (?:l'|cet |votre )(?:article|actualité|info) )?(?:ci-dessous|plus bas|(?:après|sous) (?:la|cette) (?:publicité|pub|vidéo|photo|annonce))$/,
  /^(?:l'article|cet article|le texte|l'info|votre article) (?:continue|se poursuit|reprend) (?:ci-dessous|plus bas|(?:après|sous) (?:la|cette) (?:publicité|pub|vidéo|photo|annonce))$/,
  /^(?:lire la suite|continuer la lecture|poursuivez votre lecture|continuez la lecture) (?:ci-dessous|plus bas|(?:après|sous) (?:la|cette) (?:publicité|pub|annonce))$/,
  /^(?:faites défiler|défilez)(?: (?:vers le bas|la page))?(?: pour (?:continuer|lire la suite|poursuivre)(?: (?:la|votre) lecture)?)?$/,
  // German
  /^(?:(?:der|dieser) )?(?:artikel|text|beitrag|bericht) (?:geht|läuft|wird) (?:weiter )?(?:nach|unter|unterhalb) (?:der|dieser|dem|diesem) (?:anzeige|werbung|video|bild|foto|grafik|galerie)(?: weiter| fortgesetzt)?$/,
  /^(?:(?:der|dieser) )?(?:artikel|text|beitrag|bericht) (?:geht|wird) (?:weiter )?unten(?: weiter| fortgesetzt)?$/,
  /^(?:weiter(?:lesen)?|fortsetzung|lesen sie weiter|mehr)(?: (?:geht es|geht's))? (?:nach|unter|unterhalb) (?:der|dieser) (?:anzeige|werbung)$|^(?:fortsetzung|weiter) unten$/,
  /^(?:nach|unter) der (?:anzeige|werbung) (?:geht es|geht's|geht der (?:artikel|text)) weiter$|^lesen sie (?:unten|nach der (?:anzeige|werbung)|unter der anzeige) weiter$/,
  /^(?:bitte )?(?:nach unten )?scrollen(?: sie)?(?: nach unten| weiter)?(?: um weiterzulesen|, um weiterzulesen| zum weiterlesen)$/,
  // Spanish
  /^(?:(?:el|este|la|esta) (?:artículo|texto|noticia|nota|historia|contenido) )?(?:continúa|sigue) (?:abajo|debajo|más abajo|(?:después|debajo) de(?: la| este|l)? (?:publicidad|anuncio|vídeo|video|foto)|tras la publicidad)$/,
  /^(?:sigue|siga|continúa|continúe) leyendo (?:abajo|debajo|más abajo|(?:después|debajo) de(?: la|l)? (?:publicidad|anuncio)|tras la publicidad)$/,
  /^(?:desplázate|desplácese|desliza|deslice)(?: hacia abajo)?(?: para (?:continuar|seguir|leer más)(?: leyendo)?)?$/,
  // Portuguese
  /^(?:(?:o|este|a|esta) (?:artigo|texto|notícia|matéria|reportagem|conteúdo) )?(?:continua|segue) (?:abaixo|a seguir|(?:após|depois)(?: d?[aeo])?(?: este)? (?:publicidade|anúncio|vídeo))$/,
  /^continue (?:a ler|lendo) (?:abaixo|(?:após|depois)(?: d?[aeo])? (?:publicidade|anúncio))$/,
  /^(?:role|deslize)(?: a página| para baixo)? para continuar(?: lendo| a ler| a leitura)?$/,
  // Italian
  /^(?:(?:l'articolo|il testo|la notizia|la lettura) )?(?:continua|prosegue)(?: a leggere)? (?:sotto|qui sotto|più sotto|in basso|dopo (?:la|questa) (?:pubblicità|foto)|dopo (?:il|l'|questo) ?(?:video|annuncio))$/,
  /^scorri(?: verso il basso| in basso| giù)? per (?:continuare|proseguire|leggere)(?: a leggere| la lettura)?$/,
  // Dutch
  /^(?:(?:het|dit|de|deze) )?(?:artikel|verhaal|tekst|bericht) (?:gaat|loopt) (?:verder |door )?(?:hieronder|(?:onder|na) (?:de|deze|het) (?:advertentie|reclame|video|foto|afbeelding|kaart|tweet))(?: verder| door)?$/,
  /^lees (?:verder|door) (?:hieronder|(?:onder|na) de (?:advertentie|reclame|video|foto))$|^scroll(?: naar beneden)? om (?:verder|door) te (?:lezen|gaan)$/,
  // Swedish, Norwegian, Danish
  /^(?:artikeln|texten|artikkelen|saken|teksten|artiklen|historien) (?:fortsätter|fortsetter|fortsætter)(?: (?:nedan|nedenfor|(?:efter|etter|under) (?:annonsen|annoncen|reklamen|bilden|bildet|billedet|videon|videoen)))?$/,
  /^(?:scrolla|scroll|rull)(?: ner| ned| ned)? (?:för att|for at|for å) (?:fortsätta läsa|läsa vidare|læse videre|lese videre|fortsætte|fortsette)$/,
  // Finnish
  /^(?:juttu|artikkeli|teksti) jatkuu(?: (?:alla|alempana|(?:mainoksen|kuvan|videon) (?:jälkeen|alla|alapuolella)))?$/,
  // Polish, Czech
  /^(?:dalsza część|ciąg dalszy|dalszy ciąg|reszta)(?: artykułu| tekstu| materiału)?(?: znajduje się)? (?:poniżej|pod (?:reklamą|wideo|filmem|zdjęciem|galerią|materiałem wideo))$|^przewiń(?: w dół)?, ?aby (?:czytać dalej|kontynuować)$/,
  /^(?:článek|text) pokračuje(?: (?:níže|pod (?:reklamou|videem|fotografií)|po reklamě))?$/,
  // Russian, Ukrainian
  /^(?:продолжение|продовження)(?: статьи| новости| текста| материала| статті| тексту)? (?:ниже|нижче|после рекламы|під рекламою|після реклами|под (?:рекламой|видео|фото))$|^(?:статья|текст|стаття) (?:продолжается|продовжується) (?:ниже|нижче|после рекламы|після реклами)$|^прокрутите(?: вниз)?,? (?:чтобы|для) (?:продолжить|читать дальше|продолжения)(?: чтение| чтения)?$/,
  // Turkish, Indonesian
  /^(?:haberin|yazının|makalenin) devamı (?:aşağıda|reklamdan sonra|reklamın altında)$|^(?:yazı|haber) reklamdan sonra devam ediyor$|^(?:okumaya )?devam(?:ı| etmek) için(?: aşağı)? kaydırın$/,
  /^(?:artikel|berita)(?: ini)? (?:berlanjut|dilanjutkan|lanjut) (?:setelah iklan|di bawah(?: ini| iklan)?)$|^(?:gulir|scroll)(?: ke bawah)? untuk (?:melanjutkan|lanjut)(?: membaca)?$/,
  // Greek
  /^(?:το άρθρο|το κείμενο|η είδηση) συνεχίζεται(?: (?:παρακάτω|κάτω|μετά (?:τη|την|από τη) διαφήμιση))?$|^(?:η )?συνέχεια (?:παρακάτω|μετά τη διαφήμιση)$/,
  // Arabic, Persian, Hebrew
  /^(?:(?:يستمر|يتواصل|يتابع) (?:المقال|الخبر|النص|التقرير)|(?:المقال|الخبر|التقرير) (?:مستمر|يستمر|يتبع)|يتبع|التتمة|البقية|تتمة (?:المقال|الخبر)|بقية (?:المقال|الخبر)|(?:تابع|اكمل|واصل) (?:القراءة|قراءة (?:المقال|الخبر))) (?:(?:بعد|اسفل|تحت) (?:هذا )?(?:الاعلان|الفيديو|الصورة)|ادناه|في الاسفل|بالاسفل)$|^مرر(?: للاسفل| الى الاسفل)? (?:للمتابعة|لمتابعة القراءة|لمواصلة القراءة)$/,
  /^ادامه(?: مطلب| خبر)? (?:بعد از (?:تبلیغ|تبلیغات|آگهی)|در زیر|پایین)$/,
  /^(?:(?:הכתבה|הידיעה) (?:ממשיכה|נמשכת)|המשך (?:הכתבה|הידיעה)) (?:למטה|בהמשך|(?:מתחת ל|אחרי ה|לאחר ה)פרסומת)$|^גללו(?: למטה)? (?:להמשך|כדי להמשיך)(?: לקרוא| קריאה)?$/,
  // Chinese, Japanese, Korean, Hindi
  /^(?:文章|正文|内容|內容|新闻|新聞)?(?:在)?(?:广告|廣告)(?:之)?(?:后|後)(?:继续|繼續)$|^(?:请|請)?(?:继续|繼續)?(?:往下|向下)(?:滑|滑动|滑動|滚动|滾動|阅读|閱讀|看)?(?:以)?(?:继续|繼續)?(?:阅读|閱讀|看全文)$|^(?:文章|内容|內容)(?:在)?下方(?:继续|繼續)$/u,
  /^(?:記事|本文)?は?(?:広告|動画|写真|下)の?(?:後|あと|下)?(?:に|へ)?(?:続く|続きます)$|^(?:記事の)?続きは(?:広告の(?:後|あと|下)(?:に|で)?|下に?|この下)$|^(?:下に)?スクロールして(?:続きを読む|続ける)$/u,
  /^(?:기사(?:는|가)? )?(?:광고|영상|사진) ?(?:뒤|후|아래)(?:에)? ?(?:계속|계속됩니다|이어집니다)$|^(?:계속 읽으려면 )?아래로 스크롤(?:하세요|하여 계속(?: 읽기)?)$/u,
  /^(?:खबर|लेख|समाचार) विज्ञापन के बाद जारी(?: है)?$|^विज्ञापन के बाद जारी(?: है)?$/u
]
