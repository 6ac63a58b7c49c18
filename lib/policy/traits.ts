import type { ChannelName } from "@/lib/policy/channels";

/**
 * The words for kinds of second factor that a person binds, the strongest first: a passkey, an authenticator app, a number (NIST SP 800-63B-4 calls
 * it restricted), an e-mail address (no authenticator at all in NIST's sense). The word is also folder, route segment and counter.
 */
export const boundKinds = ["passkey", "totp", "sms", "email"] as const;

/** What somebody keeps for the day on which a factor is lost: it comes with what is bound, and protects nothing alone. */
export const fallback = "recovery";

/** What passes the first door. As a second proof it serves where nothing is bound, and beside a kind that needs it first. */
export const firstDoor = "password";

export const factorKinds = [...boundKinds, fallback, firstDoor] as const;

/** A kind that is bound. */
export type BoundKind = (typeof boundKinds)[number];

export type FactorKind = (typeof factorKinds)[number];

/** What a kind is. Whoever decides asks this, never which kind it is. */
export type Traits = {
  /** Authentication method reference that it adds to a session (RFC 8176). */
  readonly amr: string;
  /** The assurance level of a session that was proven with it beside the password (NIST SP 800-63B-4). */
  readonly aal: 1 | 2;
  /** An answer is good at no other origin than ours (NIST SP 800-63B-4, 3.2.5). */
  readonly phishingResistant: boolean;
  /** It is an address, and this way leads there: its codes, notices, the word to other owners. Null: it is none. */
  readonly channel: ChannelName | null;
  /** It is bound to the name of the portal's address, and can be asked for only where that has one: WebAuthn, 5.1.3. */
  readonly needsName: boolean;
  /** With its person verified (by a PIN, a finger, a face) it is both factors in one, and opens both doors without a password. */
  readonly standsAlone: boolean;
  /** On offer whatever the operator lists: the way that needs nothing of the portal. */
  readonly alwaysOffered: boolean;
  readonly allowedForAdmins: boolean;
  /** Enough where a second factor is demanded; else only where policy says so (`EMAIL_COUNTS`). */
  readonly countsAlone: boolean;
  /** A fresh proof by it takes the password first. */
  readonly needsPasswordFirst: boolean;
  /** Where it is offered: before all others, as the operator lists it, or after all others. */
  readonly order: "first" | "listed" | "last";
  /** How wrong answers are counted: over the life of a binding, in a row, or not at all where guessing is hopeless by entropy alone. */
  readonly tries: "for_life" | "in_a_row" | null;
};

const usual = {
  phishingResistant: false,
  channel: null,
  needsName: false,
  standsAlone: false,
  alwaysOffered: false,
  allowedForAdmins: true,
  countsAlone: true,
  needsPasswordFirst: false,
  order: "listed",
  tries: "for_life",
} as const;

/** Every kind. Forget one and it does not compile. */
export const traits: Readonly<Record<FactorKind, Traits>> = {
  // "pop", proof of possession of a key: whether that is kept in hardware, nobody has attested
  passkey: {
    ...usual,
    amr: "pop",
    aal: 2,
    phishingResistant: true,
    needsName: true,
    standsAlone: true,
    order: "first",
    tries: null,
  },
  totp: { ...usual, amr: "otp", aal: 2, alwaysOffered: true, order: "first" },
  sms: { ...usual, amr: "sms", aal: 2, channel: "sms" },
  // SP 800-63B-4, 3.1.3: e-mail shall not be used out of band. Whoever reads the mailbox may have reset the password by it
  email: {
    ...usual,
    amr: "email",
    aal: 1,
    channel: "mail",
    order: "last",
    allowedForAdmins: false,
    countsAlone: false,
    needsPasswordFirst: true,
  },
  recovery: { ...usual, amr: "recovery", aal: 2, tries: null },
  password: { ...usual, amr: "pwd", aal: 1, tries: "in_a_row" },
};

/** The kind that opens both doors at once. */
export const bothDoors: FactorKind = boundKinds.find((kind) => traits[kind].standsAlone) ?? firstDoor;
