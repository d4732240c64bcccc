import type { IntakeRuleInput } from '../../rules.ts'

/** What a page says of itself: how long it takes to read, its buttons, how old it is, its tags. */
export const pagePartRules: readonly IntakeRuleInput[] = [
  {
    id: 'en.reading-time',
    reason: 'reason.readingTime',
    match: {
      line: [
        '# min read',
        '#-min read',
        '# mins read',
        '# minute read',
        '#-minute read',
        '# minutes read',
        '# min',
        'Read time: *',
        'Reading time',
        'Reading time *',
        'Estimated reading time *',
        '# min listen',
        '* | # min read',
        'Less than a minute*',
        'Time to read*'
      ],
      maxLength: 60
    },
    role: 'furniture',
    examples: {
      yes: ['3 min read', 'Reading time: 4 minutes', '2-minute read'],
      no: ['3 minutes that changed the match', 'Reading times for the poets were moved']
    }
  },
  {
    id: 'en.page-controls',
    reason: 'reason.pageControl',
    match: {
      line: [
        'Home',
        'Menu',
        'Search',
        'Close',
        'Open menu',
        'Close menu',
        'Toggle navigation',
        'Navigation',
        'Breadcrumb',
        'Breadcrumbs',
        'Next',
        'Previous',
        'Prev',
        'Back',
        'Edition',
        'Select language',
        'English',
        'Live TV',
        'Live',
        'ePaper',
        'E-paper',
        "Today's paper",
        'Breaking news',
        'Breaking',
        'Loading',
        'Loading...',
        'Play',
        'Pause',
        'Mute',
        'Play video',
        'Enlarge image',
        'Open image in gallery',
        'View gallery',
        'View image in fullscreen',
        'Image # of #',
        '# of #',
        'Slide # of #',
        'Expand',
        'Caption',
        'Hide caption',
        'Toggle caption',
        'Photo gallery',
        'Gallery'
      ],
      maxLength: 40
    },
    role: 'furniture',
    examples: {
      yes: ['Menu', 'Image 1 of 4'],
      no: ['Home rule returns to the islands', 'Search for missing crew goes on', 'Next in line']
    }
  },
  {
    // The ways to the same page in another language, each in that language.
    id: 'language-links',
    reason: 'reason.pageControl',
    match: {
      line: [
        'Read in English',
        'Read this in English',
        'Read this story in English',
        'Read this article in English',
        'Read in Arabic',
        'Read in Chinese',
        'Read in French',
        'Read in Portuguese',
        'Read in Russian',
        'Read in Spanish',
        'Lire en français',
        'Lire ce contenu en français',
        'Lire cet article en français',
        'Lire en anglais',
        'Leer en español',
        'Lea en español',
        'Léalo en español',
        'Lea este artículo en español',
        'Leer en inglés',
        'Leia em português',
        'Ler em português',
        'Leia este artigo em português',
        'Auf Deutsch lesen',
        'Auf Englisch lesen',
        'Leggi in italiano',
        'Leggi in inglese',
        'Читать на русском',
        'Читать по-русски',
        'اقرأ بالعربية',
        'اقرأ هذا الخبر بالعربية',
        'اقرأ بالإنجليزية'
      ],
      maxLength: 60
    },
    role: 'furniture',
    examples: {
      yes: ['Leia em Português', 'Read this story in English'],
      no: ['Read in English, the poem loses half of its jokes.', 'Lire en français, une passion d’Alger']
    }
  },
  {
    id: 'en.time-ago',
    reason: 'reason.howLongAgo',
    match: {
      line: [
        '# min* ago',
        '# hour* ago',
        '# day* ago',
        '# week* ago',
        '# month* ago',
        '#h ago',
        '#m ago',
        '#d ago',
        'an hour ago',
        'a day ago',
        'Just now',
        'Updated # * ago',
        'Published # * ago',
        'Posted # * ago',
        'Last updated # * ago',
        'Updated an hour ago',
        'Updated just now',
        'منذ # *'
      ],
      maxLength: 45
    },
    role: 'furniture',
    examples: {
      yes: ['Updated 2 days ago', '3 hours ago', 'منذ 5 ساعات'],
      no: ['3 days after the storm the airport is open', 'Years ago']
    }
  },
  {
    id: 'en.keywords',
    reason: 'reason.tagList',
    match: { line: ['Tags: *', 'Topics: *', 'Keywords: *', 'Filed under: *', 'In this story: *'], maxLength: 300 },
    role: 'keywords',
    examples: {
      yes: ['Tags: harbour, ferry, fares', 'Topics: Water'],
      no: ['Tags on the bags named no airport', 'Keywords']
    }
  }
]
