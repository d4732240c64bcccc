export interface Named {
  readonly name: string
}

const again = 'Copy or download the file again, then add it.'
const use = 'Use a JPEG, PNG, WebP, GIF, AVIF or HEIC file.'
const smaller = 'Save a smaller version of it and add that.'
const anew = 'Add the picture again.'

/** Messages about pictures and uploaded files. */
export const media = {
  empty: { text: ({ name }: Named) => `“${name}” is empty: there are 0 bytes in it.`, next: again },
  cutOff: { text: ({ name }: Named) => `“${name}” is cut off: a part of the picture is missing.`, next: again },
  broken: { text: ({ name }: Named) => `“${name}” is damaged and cannot be shown.`, next: again },
  notAPicture: { text: ({ name }: Named) => `“${name}” is not a picture.`, next: use },
  otherKind: {
    text: ({ name, kind }: Named & { readonly kind: string }) => `“${name}” is a file Galley cannot show (${kind}).`,
    next: use
  },
  tooManyPixels: {
    text: ({ name, megapixels, most }: Named & { readonly megapixels: number; readonly most: number }) =>
      `“${name}” has ${megapixels} megapixels; ${most} are the most Galley takes.`,
    next: smaller
  },
  tooLarge: {
    text: ({ name, limit }: Named & { readonly limit: number }) => `“${name}” is larger than ${limit} MB.`,
    next: smaller
  },
  fileTooLarge: {
    text: ({ limit }: { readonly limit: number }) => `The file is larger than ${limit} MB.`,
    next: smaller
  },
  notDecoded: {
    text: 'This picture could not be decoded on this machine.',
    next: 'Open it in a picture program, save it as a JPEG and add that.'
  },
  noSuchPicture: 'There is no such picture in this library.',
  fileMissing: { text: 'The file of this picture is missing from the library.', next: anew },
  fileDamaged: { text: 'The file of this picture is damaged.', next: anew },
  unreadable: { text: 'This picture cannot be read any more.', next: anew },
  renditionLost: {
    text: 'A picture of the approved story is damaged and cannot be made again as it was.',
    next: 'Publish the story again.'
  },
  isNoPicture: ({ name }: { readonly name: string }) =>
    `“${name}” is not a picture Galley can use. JPEG, PNG, WebP, GIF, AVIF and HEIC work.`,
  isTooLarge: ({ name }: { readonly name: string }) =>
    `“${name}” is larger than 40 MB. Save a smaller version of it and add that.`,
  notHandedOver: {
    text: 'The file could not be handed over to Galley.',
    next: 'Check that it is still there, then add it again.'
  },
  mayNotHandOver: { text: 'This window may not hand files over any more.', next: 'Open Galley again.' },
  noUpload: { text: 'The file did not arrive, or has been used already.', next: 'Add it again.' }
} as const
