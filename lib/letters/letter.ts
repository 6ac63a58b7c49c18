import type { SealedFor } from "@/lib/crypto/seal";
import type { LetterWords } from "@/lib/letters/letter-kind";
import type { Language } from "@/lib/messages/words-shape";
import type { ChannelName } from "@/lib/policy/channels";

/** What is the same for every letter that is to be written. */
type Envelope = {
  /** Whose letter it is; null for somebody without an account here. */
  readonly userId: string | null;
  readonly channel: ChannelName;
  /** The plain address: an e-mail in the form of login names, a number in E.164. */
  readonly to: string;
  readonly language: Language;
  /** A code that somebody is waiting for: it overtakes notices. */
  readonly urgent?: boolean;
  /** Nobody wants it later; a week from now unless said otherwise. */
  readonly expiresAt?: Date;
  /** It leaves no sooner than this; at once unless said otherwise. */
  readonly notBefore?: Date;
  /** Written although its channel is off: it leaves once that is on again. */
  readonly evenIfOff?: boolean;
  /** Unless said otherwise a new one. An id that waits already counts that letter up (`repeats`) instead of writing another. */
  readonly id?: string;
};

/** A letter with the facts of its kind, as its `telling` gives them: others do not compile there. */
export type NewLetter = Envelope & LetterWords;

/** Under what a letter's two sealed columns are: a value that was moved to another letter or column does not open. */
export const letterSealedFor = (id: string, column: "destination" | "content"): SealedFor => ({
  use: "enc:letter",
  owner: [id, column],
});

/**
 * The id of a letter to `userId` about something that may end before the letter leaves, and whose end makes it untrue: by that name `dropUnsent` finds all of
 * them, whose content is sealed. Letters that expire with what they tell need none.
 */
export const idAbout = (about: string, userId: string): string => `${about}.${userId}`;
