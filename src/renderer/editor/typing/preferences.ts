/** The person's choices of what is changed while typing. Shared by every text in the window, and read at each key. */
export const typingPreferences = { smartPunctuation: true, markdown: true }
