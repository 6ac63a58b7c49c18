/** What the portal knows of the codes of a person that still work. */
export type HeldCodes = {
  readonly left: number;
  /** Since when the oldest of them is there; null: there is none. */
  readonly since: Date | null;
  /** How many of them a page has shown without anybody saying since that they are saved. */
  readonly unsaved: number;
  /** When the newest of those was made; null: there is none. */
  readonly unsavedSince: Date | null;
};

export const noCodes: HeldCodes = { left: 0, since: null, unsaved: 0, unsavedSince: null };
