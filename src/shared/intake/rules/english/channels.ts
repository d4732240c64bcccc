import type { IntakeRuleInput } from '../../rules.ts'

/** Where readers are asked to follow the site or to share the story. */
export const channelRules: readonly IntakeRuleInput[] = [
  {
    id: 'en.follow-us',
    sentences: true,
    reason: 'reason.followUs',
    match: {
      line: [
        'Follow us',
        'Follow us on',
        'Follow us on *',
        'Follow us @*',
        'Follow us:*',
        'Find us on *',
        'Like us on *',
        'Connect with us',
        'Stay connected',
        'Get in touch',
        'Join our * channel',
        'Join our * channel *',
        'Join us on *',
        'Follow our * channel',
        'Follow our * channel *',
        'Follow @*',
        'Subscribe to our * channel',
        'Add us on Google',
        'Add * as a preferred source *'
      ],
      maxLength: 110
    },
    role: 'furniture',
    examples: {
      yes: ['  • Follow us on', 'Follow us on Google News', 'Join our WhatsApp channel'],
      no: [
        'Follow us on the long road to peace and you will see how little has changed since the spring, the older of the two brothers said at the gate.',
        'Followers of the late singer lined the street.'
      ]
    }
  },
  {
    id: 'channel-names',
    reason: 'reason.channelName',
    match: {
      line: [
        'google-news',
        'google news',
        'whatsapp',
        'telegram',
        'facebook',
        'twitter',
        'x',
        'x (twitter)',
        'twitter/x',
        'youtube',
        'instagram',
        'linkedin',
        'linked in',
        'pinterest',
        'reddit',
        'tiktok',
        'snapchat',
        'threads',
        'bluesky',
        'mastodon',
        'flipboard',
        'messenger',
        'facebook messenger',
        'viber',
        'line',
        'rss',
        'rss feed',
        'apple news',
        'tumblr',
        'vk',
        'weibo',
        'wechat',
        'skype',
        'email',
        'e-mail',
        'mail',
        'sms',
        'copy link',
        'link copied',
        'link copied!',
        'print',
        'bookmark',
        'facebook twitter *',
        'facebook x *',
        'whatsapp telegram *',
        'whatsapp facebook *',
        'twitter facebook *',
        'facebook whatsapp *'
      ],
      maxLength: 90
    },
    role: 'furniture',
    examples: {
      yes: ['  • google-news', 'WhatsApp', 'Facebook Twitter LinkedIn'],
      no: ['Facebook fined again', 'Telegram founder released', 'WhatsApp down across the Gulf for two hours']
    }
  },
  {
    id: 'en.share-bar',
    sentences: true,
    reason: 'reason.shareBar',
    match: {
      line: [
        'Share',
        'Share this',
        'Share this *',
        'Share on *',
        'Share via *',
        'Share to *',
        'Share article',
        'Share story',
        'Share with friends',
        'Share options',
        'Tweet',
        'Tweet this',
        'Pin it',
        'Send by email',
        'Email this *',
        'Print this *',
        'Save',
        'Save article',
        'Save story',
        'Save for later',
        'Listen to this article',
        'Listen to this story',
        'Listen to article',
        'Listen',
        'Gift this article',
        'Give this article',
        '# shares',
        '# shares *',
        '# views',
        '# likes',
        '# comments',
        '# comment',
        'Add to bookmarks',
        'Text size',
        'Font size',
        'A- A A+',
        'A A A',
        'Copy URL',
        'Click to share on *'
      ],
      maxLength: 70
    },
    role: 'furniture',
    examples: {
      yes: ['Share', 'Share on Facebook', '124 shares', 'Share this article'],
      no: ['Share prices fall', 'Shares in the ferry company rose 4 per cent', 'Shares held by the state']
    }
  }
]
