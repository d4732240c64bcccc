/** Headings above links to other stories, and above what the site asks of its readers. */
const TITLE =
  /^\W*(?:most (?:read|viewed|popular|shared|watched|commented|discussed)|(?:more|latest|top|other|related|recommended|popular|trending|featured) (?:stories|news|articles|headlines|posts|reads|videos|from|in|on)\b|more like this|more$|latest$|related$|recommended|trending|popular$|you (?:may|might)|also (?:read|see|on)|read (?:more|next|also)|up next|next up|don['’]t miss|editors?['’]?s? (?:picks?|choice)|in this (?:section|story)|subscribe|sign (?:up|in)|log ?in|newsletters?\b|follow\b|share\b|menu$|navigation|search$|contents$|table of contents|advertisement|sponsored|promoted|meist|mehr (?:zum|aus)|les plus|à lire|lo más|más leíd)/iu

export function isRailTitle(text: string): boolean {
  return text.length <= 80 && TITLE.test(text)
}
