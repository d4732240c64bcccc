/** `--desk` in renderer/styles/tokens.css, for the time before a page is drawn. */
export const deskColours = { light: '#f6f4ef', dark: '#131211' } as const
