import { canLeave } from "@/lib/letters/queue-letters";
import { notices } from "@/lib/notices/letter-kinds";

/** Kinds of letters that are written while mail is off too: a row of such a letter says nothing about whether mail was on. */
export const kindsWrittenWhileOff: readonly string[] = [...notices.values()]
  .filter(({ reaches }) => reaches.to === "administrators" && reaches.waitsForMail === true)
  .map(({ kind }) => kind);

/** While mail is off: the kinds whose letters wait until it is on again. None of them is late, however long ago it was written. Empty while mail is on. */
export const restingKinds = (): readonly string[] => (canLeave("mail") ? [] : kindsWrittenWhileOff);
