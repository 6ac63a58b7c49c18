import { enterByApi } from "@/lib/challenge/enter-by-api";
import { prepareAnswer } from "@/lib/challenge/prepare-answer";
import type { Ctx } from "@/lib/context/context";
import type { FactorKind } from "@/lib/policy/traits";
import { lastCode } from "@/lib/testing/letters";
import { numberIn } from "@/lib/testing/numbers";
import { passes, passOf, rowsOfLogin } from "@/lib/testing/races/logins";
import { type Course, type Race, turn, word } from "@/lib/testing/races/race";
import { makePerson, withAddress, withRecoveryCodes, withTotp } from "@/lib/testing/test-context";

/** An app that people log in through: its second door answers and opens the session in one call. */
const app = { id: "race-app", demands: false };

const call = async (ctx: Ctx, course: Course, kind: FactorKind, index: number) => {
  const pass = passOf(turn(course, "passes", index), app.id);
  const { opened } = await enterByApi(ctx, { pass, kind, answer: { code: word(course, "code") }, label: "" });
  return opened.sessionToken !== "";
};

function codeRace(name: string, kind: "totp" | "recovery", tokens: number): Race {
  return {
    name,
    prepare: async (ctx) => {
      const person = await makePerson(ctx);
      const { codeAt } = await withTotp(ctx, person);
      const [saved = ""] = kind === "recovery" ? await withRecoveryCodes(ctx, person) : [];
      const code = kind === "recovery" ? saved : codeAt(ctx.now);
      return { userId: person.userId, passes: await passes(ctx, person, tokens, app), code };
    },
    attempt: (ctx, course, index) => call(ctx, course, kind, index),
    count: rowsOfLogin,
  };
}

const sentRace: Race = {
  name: "an app's login, one text message code, fifty calls",
  prepare: async (ctx, round) => {
    const person = await makePerson(ctx);
    await withAddress(ctx, person, "sms", numberIn(round, 500 + round));
    const all = await passes(ctx, person, 1, app);
    const pass = passOf(all[0] ?? "", app.id);
    await prepareAnswer(ctx, { pass, kind: "sms", factorId: null, sessionId: null });
    return { userId: person.userId, passes: all, code: await lastCode(ctx, person.userId) };
  },
  attempt: (ctx, course, index) => call(ctx, course, "sms", index),
  count: rowsOfLogin,
};

/** The races of the API's second door. */
export const apiRaces: readonly Race[] = [
  codeRace("an app's login, one code, fifty calls", "totp", 1),
  codeRace("twenty logins of an app, one code", "totp", 20),
  codeRace("three logins of an app, one recovery code", "recovery", 3),
  sentRace,
];
