/** Words of the trade that dictionaries of English do not have. */
export const DESK_WORDS = [
  'byline',
  'bylines',
  'dateline',
  'datelines',
  'explainer',
  'explainers',
  'liveblog',
  'liveblogs',
  'newsroom',
  'slugline',
  'sluglines',
  'standfirst',
  'standfirsts',
  'vox',
  'Galley'
]
