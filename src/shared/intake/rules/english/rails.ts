import type { IntakeRuleInput } from '../../rules.ts'

/** Other stories beside and inside this one. */
export const railRules: readonly IntakeRuleInput[] = [
  {
    id: 'en.more-from-section',
    reason: 'reason.railOfSection',
    match: {
      line: [
        'More news from *',
        'More news in *',
        'More from *',
        'Latest in *',
        'Latest from *',
        'All news from *',
        'See all in *'
      ],
      maxLength: 60
    },
    role: 'section',
    opensRail: true,
    examples: {
      yes: ['More news from World', 'More from Business'],
      no: [
        'More news from the front is expected before the weekend, officials at the ministry said.',
        'More people from the coast are moving inland, and the towns there feel it'
      ]
    }
  },
  {
    id: 'en.rail',
    reason: 'reason.railMarker',
    match: {
      line: [
        'Top Stories',
        'Top Story',
        'Top News',
        'Latest News',
        'Latest Stories',
        'The Latest',
        'Most Read',
        'Most Popular',
        'Most Viewed',
        'Most Shared',
        'Most Commented',
        'Trending',
        'Trending Now',
        'Trending News',
        'Trending Stories',
        'Popular',
        'Popular Now',
        'Popular Stories',
        'Popular News',
        'Recommended',
        'Recommended for you',
        'Recommended Stories',
        'Recommended Reading',
        'Recommended by *',
        'Related',
        'Related News',
        'Related Stories',
        'Related Articles',
        'Related Topics',
        'Related Content',
        'Related Posts',
        'Related Coverage',
        'Related Links',
        'Related Video',
        'Related Videos',
        'More Stories',
        'More News',
        'More on this story',
        'More on this topic',
        'More top stories',
        'More for you',
        'You may also like',
        'You might also like',
        'You may like',
        'You might like',
        'You may have missed',
        'In case you missed it',
        "Don't miss",
        "Editor's Picks",
        "Editors' Picks",
        "Editor's Choice",
        'Must read',
        'Must reads',
        'What to read next',
        'Read next',
        'Up next',
        'Next story',
        'Next article',
        'Previous article',
        'Previous story',
        'Around the web',
        'From around the web',
        'From our partners',
        'Sponsored links',
        'Promoted stories',
        'Promoted content',
        'Paid content',
        'From the archive',
        'Also on this site',
        'Explore more',
        'Discover more',
        'Keep reading',
        'Stories for you',
        'Watch',
        'Watch now',
        'Watch live',
        'Photos of the day',
        'Videos',
        'Latest Videos',
        'Featured',
        'Featured Stories'
      ],
      maxLength: 60
    },
    role: 'furniture',
    opensRail: true,
    examples: {
      yes: ['Top Stories', 'Related Articles:', 'You may also like', 'Most read'],
      no: [
        'Top stories of the harbour: the keeper remembers',
        'Related charges were dropped',
        'Watch the tide tables, sailors told'
      ]
    }
  },
  {
    id: 'en.read-more',
    sentences: true,
    reason: 'reason.linkToStory',
    match: {
      line: [
        'Read more',
        'Read more *',
        'Read also',
        'Read also:*',
        'Read also *',
        'Also read',
        'Also read *',
        'Also see *',
        'See also',
        'See also *',
        "Don't miss: *",
        'Read the full story *',
        'Click here *',
        'Continue reading',
        'Continue reading *',
        'Show more',
        'Load more',
        'Load more *',
        'View all',
        'View more',
        'See more',
        'See all',
        'Tap to read *'
      ],
      maxLength: 180
    },
    role: 'furniture',
    opensRail: true,
    examples: {
      yes: [
        'Read more',
        'Also read: Ferry fares to rise in spring',
        'READ MORE: Tide tables for the week',
        'Show more'
      ],
      no: ['Readers wrote in', 'Reading rooms reopen']
    }
  },
  {
    id: 'en.read-more-in-body',
    reason: 'reason.linkToStory',
    match: {
      line: [
        'Read: *',
        'READ | *',
        'Must read: *',
        'Related: *',
        'Related | *',
        'Watch: *',
        'WATCH | *',
        'Listen: *',
        'See: *'
      ],
      maxLength: 180
    },
    where: 'inBody',
    role: 'furniture',
    examples: { yes: ['Watch: How the new lock gates close'], no: ['Watchmakers return to the old town'] }
  }
]
