/** CSS classes for marks and links, in the body and in the fields of its blocks. */
export const textTheme = {
  link: 'body-link',
  text: {
    bold: 'body-bold',
    italic: 'body-italic',
    underline: 'body-underline',
    strikethrough: 'body-strikethrough',
    code: 'body-code',
    subscript: 'body-subscript',
    superscript: 'body-superscript',
    underlineStrikethrough: 'body-underline-strikethrough'
  }
}
