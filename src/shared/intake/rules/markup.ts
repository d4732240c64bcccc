import type { IntakeRuleInput } from '../rules.ts'

/** Furniture that web pages name in their own markup, in whatever language. */
export const markupRules: readonly IntakeRuleInput[] = [
  {
    id: 'html.navigation',
    reason: 'reason.navigation',
    match: { within: ['nav', 'menu'], maxLength: 2000 },
    role: 'furniture'
  },
  {
    id: 'html.menu-class',
    reason: 'reason.navigationByMarkup',
    match: {
      hint: [
        'menu',
        'navbar',
        'nav',
        'navigation',
        'megamenu',
        'topbar',
        'top bar',
        'site header',
        'site footer',
        'masthead',
        'page footer',
        'global footer'
      ],
      maxLength: 400
    },
    role: 'furniture',
    sparesSentences: true
  },
  {
    id: 'html.form',
    reason: 'reason.form',
    match: { within: ['form', 'button', 'select', 'textarea', 'dialog'], maxLength: 2000 },
    role: 'furniture'
  },
  { id: 'html.footer', reason: 'reason.footer', match: { within: ['footer'], maxLength: 2000 }, role: 'furniture' },
  {
    id: 'html.hidden',
    reason: 'reason.notShown',
    match: { within: ['hidden', 'noscript'], maxLength: 2000 },
    role: 'furniture'
  },
  {
    id: 'html.screen-reader',
    reason: 'reason.notShown',
    match: {
      hint: [
        'sr only',
        'visually hidden',
        'visuallyhidden',
        'screen reader text',
        'screenreader text',
        'screen reader only',
        'screenreader only'
      ],
      maxLength: 400
    },
    role: 'furniture'
  },
  {
    id: 'html.share',
    reason: 'reason.shareBarByMarkup',
    match: {
      hint: [
        'share',
        'sharing',
        'share bar',
        'sharebar',
        'share tools',
        'sharetools',
        'social',
        'social links',
        'social media',
        'social icons',
        'addthis',
        'addtoany',
        'sharedaddy',
        'follow us',
        'followus',
        'channel links'
      ],
      maxLength: 200
    },
    role: 'furniture',
    sparesSentences: true
  },
  {
    id: 'html.rail',
    reason: 'reason.railByMarkup',
    match: {
      hint: [
        'related',
        'relatedposts',
        'relatedarticles',
        'relatedstories',
        'related news',
        'relatednews',
        'more on',
        'more stories',
        'also on',
        'read next',
        'next article',
        'trending now',
        'related stories',
        'related articles',
        'related links',
        'related posts',
        'related content',
        'recommended',
        'recommendations',
        'recirculation',
        'recirc',
        'read more',
        'readmore',
        'read also',
        'also read',
        'more stories',
        'more news',
        'most read',
        'most popular',
        'popular',
        'trending',
        'top stories',
        'topstories',
        'outbrain',
        'taboola',
        'sidebar',
        'rail',
        'right rail',
        'teaser',
        'you may like',
        'up next',
        'more from'
      ],
      maxLength: 2000
    },
    role: 'furniture'
  },
  {
    id: 'html.advertisement',
    reason: 'reason.advertisingByMarkup',
    match: {
      hint: [
        'ad',
        'ads',
        'advert',
        'adverts',
        'advertisement',
        'advertising',
        'adsbygoogle',
        'ad slot',
        'adslot',
        'ad unit',
        'sponsored',
        'sponsor',
        'promo',
        'promoted',
        'dfp'
      ],
      maxLength: 2000
    },
    role: 'furniture'
  },
  {
    id: 'html.prompts',
    reason: 'reason.boxByMarkup',
    match: {
      hint: [
        'newsletter',
        'subscribe',
        'subscription',
        'paywall',
        'signup',
        'sign up',
        'cookie',
        'cookies',
        'cookie banner',
        'consent',
        'gdpr',
        'comments',
        'comment list',
        'commentlist',
        'reader comments',
        'comment form',
        'disqus',
        'breadcrumb',
        'breadcrumbs',
        'pagination',
        'skip link',
        'modal',
        'popup'
      ],
      maxLength: 2000
    },
    role: 'furniture'
  },
  {
    id: 'html.links',
    reason: 'reason.amongLinks',
    match: { within: ['links'], maxLength: 1200 },
    role: 'furniture'
  },
  {
    id: 'html.caption',
    reason: 'reason.captionByMarkup',
    match: { tag: ['figcaption'], maxLength: 2000 },
    role: 'caption'
  },
  {
    id: 'html.credit-class',
    reason: 'reason.creditByMarkup',
    match: {
      hint: [
        'photo credit',
        'image credit',
        'photo byline',
        'img credit',
        'caption credit',
        'media credit',
        'picture credit',
        'figure credit'
      ],
      maxLength: 200
    },
    role: 'credit'
  },
  {
    id: 'html.caption-class',
    reason: 'reason.captionByMarkup',
    match: {
      tag: [
        '',
        'p',
        'div',
        'li',
        'td',
        'th',
        'span',
        'figcaption',
        'dd',
        'dt',
        'time',
        'pre',
        'address',
        'caption',
        'blockquote'
      ],
      hint: [
        'caption',
        'wp caption text',
        'image caption',
        'photo caption',
        'img caption',
        'media caption',
        'figure caption'
      ],
      maxLength: 2000
    },
    role: 'caption'
  },
  {
    id: 'html.standfirst',
    reason: 'reason.standfirstByMarkup',
    match: {
      tag: ['p', 'h2', 'h3', 'div', 'span', 'li', 'strong'],
      hint: [
        'standfirst',
        'dek',
        'deck',
        'subheadline',
        'sub headline',
        'subhead',
        'subtitle',
        'sub title',
        'article summary',
        'story summary',
        'article excerpt',
        'article intro',
        'story intro',
        'article description',
        'strapline'
      ],
      maxLength: 1000
    },
    where: 'beforeBody',
    role: 'standfirst'
  },
  {
    id: 'html.kicker',
    reason: 'reason.kickerByMarkup',
    match: { hint: ['kicker', 'overline', 'eyebrow'], maxLength: 120 },
    where: 'beforeBody',
    role: 'kicker'
  },
  {
    id: 'html.keywords',
    reason: 'reason.tagListByMarkup',
    match: { hint: ['tags', 'tag list', 'taglist', 'article tags', 'story tags', 'keywords'], maxLength: 200 },
    role: 'keywords'
  }
]
