import * as z from "zod";
import { listOf } from "@/lib/config/delivery-values";
import { onOrOff, reading, wholeNumber } from "@/lib/config/reading";
import type { Reading } from "@/lib/config/values";
import { addressKinds } from "@/lib/policy/kinds";
import { isStrongEnough, strengths } from "@/lib/policy/strength";
import { type BoundKind, boundKinds, traits } from "@/lib/policy/traits";

/** The kinds of second factor that an operator can list, as they are offered: the strongest first, e-mail last (NIST SP 800-63B-4, 3.1.3). */
export type ListedKind = BoundKind;

const everyKind = boundKinds.join(", ");
const always = boundKinds.filter((kind) => traits[kind].alwaysOffered);
/** Until somebody lists them: what needs no channel. */
const byDefault: readonly ListedKind[] = boundKinds.filter((kind) => traits[kind].channel === null);
const last = boundKinds.filter((kind) => traits[kind].order === "last");

/** The keys of what the operator demands after the password. */
export const secondFactorSettings = {
  SECOND_FACTOR: z.enum(["off", "admins", "everyone"], "must be off, admins or everyone.").default("admins").meta({
    shown: "admins",
    description: "Who must have a second factor: off, admins or everyone. It is offered to all.",
  }),
  SECOND_FACTOR_FROM: z.string().transform(reading(readDay)).optional().meta({
    shown: "at once",
    sample: "2031-03-01",
    description:
      "The day from which SECOND_FACTOR is demanded, YYYY-MM-DD, from midnight UTC on. People see it before it comes.",
  }),
  SECOND_FACTOR_KINDS: z
    .string()
    .transform(reading(readKinds))
    .default(byDefault)
    .meta({
      shown: byDefault.join(),
      description: `The kinds of second factor on offer: ${everyKind}, with commas between them. ${always.join(" and ")} is always one of them unless SECOND_FACTOR_STRENGTH says otherwise, ${last.join(" and ")} comes last; ${addressKinds.join(" and ")} need their channel.`,
    }),
  SECOND_FACTOR_COUNT: wholeNumber(1, 3)
    .transform((count) => (count === 3 ? 3 : count === 2 ? 2 : 1))
    .default(1)
    .meta({ shown: "1", description: "How many second factors are demanded where one is: 1 to 3." }),
  EMAIL_COUNTS: onOrOff("false").meta({
    shown: "false",
    description: "Whether a bound email address alone is enough where a second factor is demanded.",
  }),
  SECOND_FACTOR_STRENGTH: z.enum(strengths, "must be any or phishing-resistant.").default("any").meta({
    shown: "any",
    description:
      "What is strong enough: any kind in SECOND_FACTOR_KINDS, or only phishing-resistant ones. Then no code is asked for or accepted any more, whoever has set one up, and a recovery code lets its owner in to set up what is asked, and to nothing else.",
  }),
  TRUST_DEVICES: wholeNumber(1, 30).optional().meta({
    shown: "off",
    sample: "14",
    description:
      "For how many days, 1 to 30, a person may ask that a browser of theirs is not asked for the second step again, once they have passed it there. It weakens: whoever has the password and that browser is in. Nobody may where only phishing-resistant kinds are strong enough.",
  }),
  TRUST_DEVICES_ADMINS: onOrOff("false").meta({
    shown: "false",
    description: "Whether TRUST_DEVICES holds for administrators too.",
  }),
  RESET_WITHOUT_FACTOR: z.enum(["operator", "mail"], "must be operator or mail.").default("operator").meta({
    shown: "operator",
    description:
      "Who lets somebody choose a new password of whom a second factor is demanded and who has none: operator (an invitation from you), or mail (a letter alone is enough).",
  }),
};

function readDay(text: string): Reading<Date> {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00.000Z`) : null;
  const isReal = day !== null && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
  return isReal ? { ok: true, value: day } : { ok: false, mistake: "must be a day such as 2031-03-01." };
}

function readKinds(text: string): Reading<readonly ListedKind[]> {
  const words = listOf(text.toLowerCase());
  const kinds = boundKinds.filter((kind) => words.includes(kind));
  if (!words.every((word) => kinds.some((kind) => kind === word))) {
    return { ok: false, mistake: `must be some of ${everyKind}, with commas between them.` };
  }
  if (kinds.length !== words.length) return { ok: false, mistake: "names one kind twice." };
  return { ok: true, value: kinds };
}

type Texts = Readonly<Record<string, string | undefined>>;

/** Rules that look at two keys, on the text, so that a mistake in one key does not hide them. */
export function secondFactorMistakes({ SECOND_FACTOR_KINDS, SECOND_FACTOR_STRENGTH }: Texts): string[] {
  const read = SECOND_FACTOR_KINDS === undefined ? null : readKinds(SECOND_FACTOR_KINDS);
  if (read?.ok === false) return [];
  const kinds = read?.value ?? byDefault;
  if (SECOND_FACTOR_STRENGTH === "phishing-resistant") {
    return kinds.some((kind) => isStrongEnough(kind, SECOND_FACTOR_STRENGTH))
      ? []
      : ["SECOND_FACTOR_STRENGTH can be phishing-resistant only with such a kind in SECOND_FACTOR_KINDS."];
  }
  const missing = always.find((kind) => !kinds.includes(kind));
  return missing ? [`SECOND_FACTOR_KINDS must contain ${missing}: it is the way that needs no channel.`] : [];
}
