import { z } from 'zod'

/**
 * Where the build puts the list of third-party software: beside the page, for the window and the command line alike.
 */
export const LICENCES_PATH = '/licences.json'

export const Licences = z.array(
  z.object({
    name: z.string(),
    version: z.string(),
    /** SPDX expression. */
    licence: z.string(),
    /** The licence text as shipped with the package. */
    text: z.string()
  })
)
export type Licences = z.infer<typeof Licences>
