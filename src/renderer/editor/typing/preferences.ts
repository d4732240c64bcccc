/** What is done to text as it is typed, as the person set it. One for the window: every text of it asks when a key comes. */
export const typingPreferences = { smartPunctuation: true, markdown: true }
