import type { z } from 'zod'

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
