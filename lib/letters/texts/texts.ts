import type { z } from "zod";
import { factShapes, type LetterKind } from "@/lib/letters/facts";
import {
  accountJoined,
  channelTest,
  deviceForgotten,
  emailChanged,
  passwordChanged,
  passwordWaits,
  phoneChanged,
  recoveryAdded,
  recoveryGenerated,
  recoveryUsed,
} from "@/lib/letters/texts/account";
import { accountContained, accountSecured, deviceNew, secondStepWrong } from "@/lib/letters/texts/alarms";
import { budgetSpent } from "@/lib/letters/texts/budget";
import { codeBind, codeLogin } from "@/lib/letters/texts/codes";
import { digest } from "@/lib/letters/texts/digest";
import type { Desk, Draft } from "@/lib/letters/texts/draft";
import { destinationShared, factorBound, factorClosed, factorRemoved, factorsReset } from "@/lib/letters/texts/factors";

type Text = (facts: unknown, desk: Desk) => Draft | null;

/** One text for each kind of letter; a kind without one does not compile. */
const texts: Readonly<Record<LetterKind, Text>> = {
  "code.login": text(factShapes["code.login"], codeLogin),
  "code.bind": text(factShapes["code.bind"], codeBind),
  "channel.test": text(factShapes["channel.test"], channelTest),
  "factor.bound": text(factShapes["factor.bound"], factorBound),
  "factor.removed": text(factShapes["factor.removed"], factorRemoved),
  "factor.closed": text(factShapes["factor.closed"], factorClosed),
  "factors.reset": text(factShapes["factors.reset"], factorsReset),
  "recovery.generated": text(factShapes["recovery.generated"], recoveryGenerated),
  "recovery.added": text(factShapes["recovery.added"], recoveryAdded),
  "recovery.used": text(factShapes["recovery.used"], recoveryUsed),
  "password.changed": text(factShapes["password.changed"], passwordChanged),
  "account.joined": text(factShapes["account.joined"], accountJoined),
  "password.waits": text(factShapes["password.waits"], passwordWaits),
  "destination.shared": text(factShapes["destination.shared"], destinationShared),
  "email.changed": text(factShapes["email.changed"], emailChanged),
  "phone.changed": text(factShapes["phone.changed"], phoneChanged),
  "device.forgotten": text(factShapes["device.forgotten"], deviceForgotten),
  "device.new": text(factShapes["device.new"], deviceNew),
  "second_step.wrong": text(factShapes["second_step.wrong"], secondStepWrong),
  digest: text(factShapes.digest, digest),
  "account.secured": text(factShapes["account.secured"], accountSecured),
  "account.contained": text(factShapes["account.contained"], accountContained),
  "budget.spent": text(factShapes["budget.spent"], budgetSpent),
};

/** What a letter says; null when its facts are not those of its kind. Pure: the same facts at the same desk read the same. */
export function draftOf(kind: LetterKind, facts: unknown, desk: Desk): Draft | null {
  return texts[kind](facts, desk);
}

/** Facts come back from the database, and a damaged row must not become half a sentence. */
function text<S extends z.ZodType>(shape: S, write: (facts: z.infer<S>, desk: Desk) => Draft): Text {
  return (facts, desk) => {
    const read = shape.safeParse(facts);
    return read.success ? write(read.data, desk) : null;
  };
}
