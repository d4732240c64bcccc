import type { IntakeRuleInput } from '../rules.ts'

/** What English-language pages put around a story. Bare channel names are caught in every language. */
export const englishRules: readonly IntakeRuleInput[] = [
  {
    id: 'en.follow-us',
    description: 'channel list: asks readers to follow the site',
    match: {
      line: [
        'Follow us', 'Follow us on', 'Follow us on *', 'Follow us @*', 'Follow us:*', 'Find us on *', 'Like us on *', 'Connect with us', 'Stay connected', 'Get in touch',
        'Join our * channel', 'Join our * channel *', 'Join us on *', 'Follow our * channel', 'Follow our * channel *', 'Follow @*', 'Subscribe to our * channel', 'Add us on Google', 'Add * as a preferred source *'
      ],
      maxLength: 110
    },
    role: 'furniture',
    examples: { yes: ['  • Follow us on', 'Follow us on Google News', 'Join our WhatsApp channel'], no: ['Follow us on the long road to peace and you will see how little has changed since the spring, the older of the two brothers said at the gate.', 'Followers of the late singer lined the street.'] }
  },
  {
    id: 'channel-names',
    description: 'channel list: the name of a channel on its own',
    match: {
      line: [
        'google-news', 'google news', 'whatsapp', 'telegram', 'facebook', 'twitter', 'x', 'x (twitter)', 'twitter/x', 'youtube', 'instagram', 'linkedin', 'linked in', 'pinterest', 'reddit', 'tiktok', 'snapchat', 'threads',
        'bluesky', 'mastodon', 'flipboard', 'messenger', 'facebook messenger', 'viber', 'line', 'rss', 'rss feed', 'apple news', 'tumblr', 'vk', 'weibo', 'wechat', 'skype', 'email', 'e-mail', 'mail', 'sms', 'copy link', 'link copied', 'link copied!', 'print', 'bookmark',
        'facebook twitter *', 'facebook x *', 'whatsapp telegram *', 'whatsapp facebook *', 'twitter facebook *', 'facebook whatsapp *'
      ],
      maxLength: 90
    },
    role: 'furniture',
    examples: { yes: ['  • google-news', 'WhatsApp', 'Facebook Twitter LinkedIn'], no: ['Facebook fined again', 'Telegram founder released', 'WhatsApp down across the Gulf for two hours'] }
  },
  {
    id: 'en.share-bar',
    description: 'share bar',
    match: {
      line: [
        'Share', 'Share this', 'Share this *', 'Share on *', 'Share via *', 'Share to *', 'Share article', 'Share story', 'Share with friends', 'Share options', 'Tweet', 'Tweet this', 'Pin it', 'Send by email', 'Email this *', 'Print this *',
        'Save', 'Save article', 'Save story', 'Save for later', 'Listen to this article', 'Listen to this story', 'Listen to article', 'Listen', 'Gift this article', 'Give this article', '# shares', '# shares *', '# views', '# likes', '# comments', '# comment', 'Add to bookmarks', 'Text size', 'Font size', 'A- A A+', 'A A A', 'Copy URL', 'Click to share on *'
      ],
      maxLength: 70
    },
    role: 'furniture',
    examples: { yes: ['Share', 'Share on Facebook', '124 shares', 'Share this article'], no: ['Share prices fall', 'Shares in the ferry company rose 4 per cent', 'Shares held by the state'] }
  },
  {
    id: 'en.more-from-section',
    description: 'rail marker that names the section',
    match: { line: ['More news from *', 'More news in *', 'More from *', 'Latest in *', 'Latest from *', 'All news from *', 'See all in *'], maxLength: 60 },
    role: 'section',
    opensRail: true,
    examples: { yes: ['More news from World', 'More from Business'], no: ['More news from the front is expected before the weekend, officials at the ministry said.', 'More people from the coast are moving inland, and the towns there feel it'] }
  },
  {
    id: 'en.rail',
    description: 'rail marker',
    match: {
      line: [
        'Top Stories', 'Top Story', 'Top News', 'Latest News', 'Latest Stories', 'The Latest', 'Most Read', 'Most Popular', 'Most Viewed', 'Most Shared', 'Most Commented', 'Trending', 'Trending Now', 'Trending News', 'Trending Stories', 'Popular', 'Popular Now', 'Popular Stories', 'Popular News',
        'Recommended', 'Recommended for you', 'Recommended Stories', 'Recommended Reading', 'Recommended by *', 'Related', 'Related News', 'Related Stories', 'Related Articles', 'Related Topics', 'Related Content', 'Related Posts', 'Related Coverage', 'Related Links', 'Related Video', 'Related Videos',
        'More Stories', 'More News', 'More on this story', 'More on this topic', 'More top stories', 'More for you', 'You may also like', 'You might also like', 'You may like', 'You might like', 'You may have missed', 'In case you missed it', 'Don\'t miss', 'Editor\'s Picks', 'Editors\' Picks', 'Editor\'s Choice', 'Must read', 'Must reads', 'What to read next',
        'Read next', 'Up next', 'Next story', 'Next article', 'Previous article', 'Previous story', 'Around the web', 'From around the web', 'From our partners', 'Sponsored links', 'Promoted stories', 'Promoted content', 'Paid content', 'From the archive', 'Also on this site', 'Explore more', 'Discover more', 'Keep reading', 'Stories for you', 'Watch', 'Watch now', 'Watch live', 'Photos of the day', 'Videos', 'Latest Videos', 'Featured', 'Featured Stories'
      ],
      maxLength: 60
    },
    role: 'furniture',
    opensRail: true,
    examples: { yes: ['Top Stories', 'Related Articles:', 'You may also like', 'Most read'], no: ['Top stories of the harbour: the keeper remembers', 'Related charges were dropped', 'Watch the tide tables, sailors told'] }
  },
  {
    id: 'en.read-more',
    description: 'link to another story',
    match: { line: ['Read more', 'Read more *', 'Read also', 'Read also:*', 'Read also *', 'Also read', 'Also read *', 'Also see *', 'See also', 'See also *', 'Don\'t miss: *', 'Read the full story *', 'Click here *', 'Continue reading', 'Continue reading *', 'Show more', 'Load more', 'Load more *', 'View all', 'View more', 'See more', 'See all', 'Tap to read *'], maxLength: 180 },
    role: 'furniture',
    opensRail: true,
    examples: { yes: ['Read more', 'Also read: Ferry fares to rise in spring', 'READ MORE: Tide tables for the week', 'Show more'], no: ['Readers wrote in', 'Reading rooms reopen'] }
  },
  {
    id: 'en.read-more-in-body',
    description: 'link to another story',
    match: { line: ['Read: *', 'READ | *', 'Must read: *', 'Related: *', 'Related | *', 'Watch: *', 'WATCH | *', 'Listen: *', 'See: *'], maxLength: 180 },
    where: 'inBody',
    role: 'furniture',
    examples: { yes: ['Watch: How the new lock gates close'], no: ['Watchmakers return to the old town'] }
  },
  {
    id: 'en.advertisement',
    description: 'advertising',
    match: { line: ['Advertisement', 'Advertisements', 'Advertising', 'Ad', 'Ads', 'Ads by *', 'Sponsored', 'Sponsored by *', 'Sponsored content', 'Sponsored post', 'Promoted', 'Promotion', 'Paid post', 'Paid partnership *', 'Article continues below *', 'Story continues below *', 'Continues below advertisement', 'Scroll to continue *', 'Skip ad', 'Skip advertisement', 'Remove ads', 'Advertise with us', 'Report this ad', 'Advertisement - scroll to continue', 'Ad feedback', 'Swipe for next article'], maxLength: 80 },
    role: 'furniture',
    examples: { yes: ['ADVERTISEMENT', 'Story continues below advertisement', 'Sponsored'], no: ['Advertising revenue at the two papers fell by a third', 'Ad hoc committee named', 'Sponsored walks return'] }
  },
  {
    id: 'en.newsletter',
    description: 'newsletter or subscription prompt',
    match: {
      line: [
        'Subscribe', 'Subscribe now', 'Subscribe today', 'Subscribe to *newsletter*', 'Subscribe to our *', 'Subscribe for *', 'Sign up', 'Sign up now', 'Sign up here', 'Sign up for *', 'Sign up to *', 'Sign in', 'Sign in to *', 'Log in', 'Login', 'Register', 'Register now', 'My account', 'Newsletter', 'Newsletters', 'Our newsletters', 'Get the latest news *',
        'Get our newsletter*', 'Get breaking news *', 'Get the * newsletter*', 'Enter your email*', 'Your email address*', 'Email address', 'Thank you for subscribing*', 'Become a member', 'Already a subscriber?*', 'Already a member?*', 'Support our journalism', 'Donate', 'Donate now', 'Download our app', 'Download the app', 'Download our app *', 'Get the app', 'Stay up to date with *', 'Stay informed *', 'Enable notifications', 'Turn on notifications *', 'Unlock this article*', 'You have # free articles *'
      ],
      maxLength: 160
    },
    role: 'furniture',
    examples: { yes: ['Sign up for our morning newsletter', 'Subscribe', 'Already a subscriber? Sign in'], no: ['Subscribers to the water service pay more', 'Register of ships goes online', 'Donated blankets arrive'] }
  },
  {
    id: 'en.cookies',
    description: 'cookie or privacy banner',
    match: {
      line: [
        'We use cookies*', 'This site uses cookies*', 'This website uses cookies*', 'By continuing to use this *', 'By using this site*', 'By clicking *you agree*', 'Accept', 'Accept all', 'Accept all cookies', 'Accept cookies', 'Reject all', 'Manage cookies', 'Manage preferences', 'Cookie settings', 'Cookie policy', 'Cookie preferences', 'Privacy policy', 'Privacy', 'Privacy settings', 'Your privacy choices', 'Do not sell *my personal information', 'Terms of use', 'Terms of service', 'Terms and conditions', 'Terms & conditions', 'I agree', 'Got it', 'Please enable JavaScript*', 'JavaScript is disabled*', 'You need to enable JavaScript*', 'Your browser does not support *', 'Learn more about cookies*'
      ],
      maxLength: 400
    },
    role: 'furniture',
    examples: { yes: ['We use cookies to give you the best experience on our website.', 'Accept all', 'Privacy policy'], no: ['Accept all the terms, the envoy told them', 'Privacy campaigners went to court', 'Got it wrong, says mayor'] }
  },
  {
    id: 'en.copyright',
    description: 'copyright footer',
    match: { line: ['©*', '(c) #*', 'Copyright ©*', 'Copyright #*', 'Copyright (c)*', '*All rights reserved', '*All rights reserved.', '*All rights reserved.*', 'This material may not be published, broadcast, rewritten*', 'Reproduction * prohibited*', 'Powered by *', 'Terms*Privacy*', 'About us', 'Contact us', 'Contact', 'Careers', 'Advertise', 'Site map', 'Sitemap', 'Help', 'FAQ', 'FAQs', 'Feedback', 'Back to top', 'Go to top', 'Scroll to top', 'Back to home', 'Skip to content', 'Skip to main content', 'Skip to navigation', 'Report an error', 'Report a typo', 'Found an error?*', 'Our standards: *', 'Purchase licensing rights*'], maxLength: 300 },
    role: 'furniture',
    examples: { yes: ['© 2024 The Harbour Post. All rights reserved.', 'Copyright 2024', 'Contact us', 'Skip to main content'], no: ['Copyright law is about to change', 'Contact tracing ends', 'Help arrives by boat'] }
  },
  {
    id: 'en.comments',
    description: 'comment prompt',
    match: { line: ['Comments', 'Comment', 'Comments (#)', 'View comments', 'View # comments', 'Show comments', 'Add a comment', 'Add comment', 'Post a comment', 'Post comment', 'Leave a comment', 'Leave a reply', 'Write a comment*', 'Join the conversation', 'Join the discussion', 'Have your say', 'No comments', 'No comments yet', 'Be the first to comment', 'Load comments', 'Your email address will not be published*', 'Required fields are marked *', 'Reply', 'Log in to comment', 'What do you think?'], maxLength: 120 },
    role: 'furniture',
    examples: { yes: ['Leave a comment', 'Comments (12)', 'Join the conversation'], no: ['Comments by the minister angered farmers', 'No comment, says port authority', 'Reply is due in May'] }
  },
  {
    id: 'en.reading-time',
    description: 'reading time',
    match: { line: ['# min read', '#-min read', '# mins read', '# minute read', '#-minute read', '# minutes read', '# min', 'Read time: *', 'Reading time', 'Reading time *', 'Estimated reading time *', '# min listen', '* | # min read', 'Less than a minute*', 'Time to read*'], maxLength: 60 },
    role: 'furniture',
    examples: { yes: ['3 min read', 'Reading time: 4 minutes', '2-minute read'], no: ['3 minutes that changed the match', 'Reading times for the poets were moved'] }
  },
  {
    id: 'en.page-controls',
    description: 'page control',
    match: { line: ['Home', 'Menu', 'Search', 'Close', 'Open menu', 'Close menu', 'Toggle navigation', 'Navigation', 'Breadcrumb', 'Breadcrumbs', 'Next', 'Previous', 'Prev', 'Back', 'Edition', 'Select language', 'English', 'Live TV', 'Live', 'ePaper', 'E-paper', 'Today\'s paper', 'Breaking news', 'Breaking', 'Loading', 'Loading...', 'Play', 'Pause', 'Mute', 'Play video', 'Enlarge image', 'Open image in gallery', 'View gallery', 'View image in fullscreen', 'Image # of #', '# of #', 'Slide # of #', 'Expand', 'Caption', 'Hide caption', 'Toggle caption', 'Photo gallery', 'Gallery'], maxLength: 40 },
    role: 'furniture',
    examples: { yes: ['Menu', 'Image 1 of 4'], no: ['Home rule returns to the islands', 'Search for missing crew goes on', 'Next in line'] }
  },
  {
    id: 'en.time-ago',
    description: 'says how long ago, not when',
    match: { line: ['# min* ago', '# hour* ago', '# day* ago', '# week* ago', '# month* ago', '#h ago', '#m ago', '#d ago', 'an hour ago', 'a day ago', 'Just now', 'Updated # * ago', 'Published # * ago', 'Posted # * ago', 'Last updated # * ago', 'Updated an hour ago', 'Updated just now', 'منذ # *'], maxLength: 45 },
    role: 'furniture',
    examples: { yes: ['Updated 2 days ago', '3 hours ago', 'منذ 5 ساعات'], no: ['3 days after the storm the airport is open', 'Years ago'] }
  },
  {
    id: 'en.keywords',
    description: 'tag list',
    match: { line: ['Tags: *', 'Topics: *', 'Keywords: *', 'Filed under: *', 'In this story: *'], maxLength: 300 },
    role: 'keywords',
    examples: { yes: ['Tags: harbour, ferry, fares', 'Topics: Water'], no: ['Tags on the bags named no airport', 'Keywords'] }
  }
]
