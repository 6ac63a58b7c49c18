import { expect, test } from "vitest";
import * as z from "zod";
import { associate } from "@/lib/api/authenticators";
import { loginByEmail } from "@/lib/api/logins";
import { decodeMfaToken } from "@/lib/auth/mfa-token";
import { someApp as app } from "@/lib/testing/some-app";
import { openHouse } from "@/lib/testing/story";
import { makePerson } from "@/lib/testing/test-context";

const house = openHouse({ SECOND_FACTOR: "everyone" });
const began = z.object({ mfaToken: z.string() });
const rounds = 12;

async function beginner() {
  const { email, password } = await makePerson(house.ctx);
  const visitor = { ctx: house.stranger(), app, token: null, looksLikeMfa: false };
  const { data } = await loginByEmail.run(visitor, { email, password });
  const pass = decodeMfaToken(began.parse(data).mfaToken, app.id);
  if (pass === null) throw new Error("the login goes on by a token of this app");
  return { ...visitor, token: { kind: "mfa", pass }, looksLikeMfa: true } as const;
}

test("an app begun twice at once: one shows what counts, and the other says that it was replaced, never that it is over", async () => {
  const answers: string[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const caller = await beginner();
    const both = await Promise.all([associate.run(caller, {}), associate.run(caller, {})]);
    expect(both.map(({ code }) => code)).toContain(200);
    answers.push(...both.filter(({ code }) => code !== 200).map(({ code, message }) => `${code} ${message}`));
  }
  expect(answers.filter((answer) => answer !== "400 factors.replaced_elsewhere")).toEqual([]);
});
