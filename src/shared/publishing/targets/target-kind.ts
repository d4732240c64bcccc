import { z } from 'zod'

/** Whom a byline's names are on the CMS, by its id there; empty: the account that Galley signs in with. */
export const CmsAuthors = z.record(z.string().min(1).max(200), z.string().max(100))
export type CmsAuthors = z.infer<typeof CmsAuthors>

/** What a person sets of a target beside its name, address and secret, as its dialog shows it. */
export type SettingField =
  | { readonly key: string; readonly input: 'text'; readonly required: boolean }
  | { readonly key: string; readonly input: 'choice'; readonly choices: readonly string[] }

/** One kind of CMS, as far as window, command line and core all have to know it. */
export interface TargetKindDescription<Settings extends z.ZodObject = z.ZodObject> {
  /** With a default for every setting a person need not choose. */
  readonly settings: Settings
  /** In the order of the dialog; each is a key of the settings. */
  readonly fields: readonly SettingField[]
  /** What its secret is, and whether it works without one. */
  readonly secret: { readonly shape: 'signing-key' | 'application-password' | 'admin-key'; readonly required: boolean }
  /** It gives what it is sent ids of its own, so that another story can stand where ours would. */
  readonly ownIds: boolean
  /** Posts have authors who are users there; the setting `authors` says who is whom. */
  readonly hasAuthors: boolean
  /** A first publication can go out as a newsletter too. */
  readonly hasNewsletters: boolean
  /** It can make a story public at an hour by itself: the setting under which it does. */
  readonly fires: { readonly key: string; readonly value: string } | null
  /** A person adds it by its address; the other kinds add themselves. */
  readonly addedByHand: boolean
}

/** Checks, by its type, that every field is a setting. */
export function defineTargetKind<Settings extends z.ZodObject>(
  kind: Omit<TargetKindDescription<Settings>, 'fields'> & {
    readonly fields: readonly (SettingField & { readonly key: keyof z.infer<Settings> & string })[]
  }
): TargetKindDescription<Settings> {
  return kind
}
