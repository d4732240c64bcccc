/** Headings above links to other stories, and above what the site asks of its readers. */
const TITLE =
  /^\W*(?:most (?:read|viewed|popular|shared|watched|commented|discussed)\b|(?:more|latest|top|other|related|recommended|popular|trending|featured) (?:stories|news|articles|headlines|posts|reads|videos|from)\b|more like this|(?:more|latest|related|popular|recommended|trending)(?: now)?\W*$|you (?:may|might) (?:also|like|enjoy)\b|also (?:read|see|on)\b|read (?:more|next|also)\b|up next|next up|don['’]t miss\W*$|editors?['’]?s? (?:picks?|choice)\b|in this (?:section|story)\b|subscribe\b|sign (?:up|in)\b|log ?in\b|newsletters?\b|follow us\b|share(?:$| this\b| on\b)|(?:menu|navigation|search|contents|table of contents|advertisement|sponsored|promoted)\W*$|meistgelesen|mehr (?:zum|aus)\b|les plus lus|à lire|lo más|más leíd)/iu

export function isRailTitle(text: string): boolean {
  return text.length <= 80 && TITLE.test(text)
}
