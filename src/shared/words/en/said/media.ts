/** Pictures. */
export const media = {
  tooLarge: {
    text: ({ name, limit }: { readonly name: string; readonly limit: number }) =>
      `“${name}” is larger than ${limit} MB.`,
    next: 'Save a smaller version of it and try again.'
  },
  noSuchPicture: 'There is no such picture in this library.',
  fileMissing: { text: 'The file of this picture is missing from the library.', next: 'Add the picture again.' },
  fileDamaged: { text: 'The file of this picture is damaged.', next: 'Add the picture again.' }
} as const
