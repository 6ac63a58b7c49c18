import { expect, test } from "vitest";
import { changePassword } from "@/lib/account/change-password";
import { claimLogin } from "@/lib/challenge/claim-login";
import { hours, minutes } from "@/lib/kernel/duration";
import { answer } from "@/lib/testing/second-door";
import { atSecondDoor, knock, openHouse, refusalOf, refused, wrongCode } from "@/lib/testing/story";
import { makePerson, openSessionFor, type TestApp, type TestPerson, withTotp } from "@/lib/testing/test-context";

const house = openHouse();
const now = () => house.clock.now();
const wrong = { password: "not the password at all" };
const next = "nine slow ferries to nowhere";

/**
 * An attacker who tries again the very moment that each wait ends, from a new address each time, for a hundred hours.
 * `visit` is what the owner does after each `every` hours. Out: how many guesses were taken.
 */
async function attack(guess: () => Promise<Date | null>, every: number, visit: () => Promise<void>): Promise<number> {
  const end = now().getTime() + hours(100);
  let [taken, visited] = [0, now().getTime()];
  while (now().getTime() < end) {
    const opens = await guess();
    if (opens === null) taken += 1;
    else house.clock.move(Math.max(opens.getTime() - now().getTime(), 1000));
    if (now().getTime() - visited < every) continue;
    visited = now().getTime();
    await visit();
  }
  return taken;
}

/** One wrong password by a stranger. Out: null when it was taken, else when the next may be. */
async function guessPassword(person: TestPerson): Promise<Date | null> {
  const refusal = await refusalOf(knock(house.stranger(), person, wrong));
  return refusal.id === "login.wrong" ? null : (refusal.more.retryAt ?? null);
}

/** One wrong code by a stranger who has the password. A closed way opens for nobody: they look again an hour later. */
async function guessCode(person: TestPerson, app: TestApp): Promise<Date | null> {
  const pass = await atSecondDoor(house.stranger(), person.userId);
  const refusal = await refusalOf(answer(house.stranger(), pass, "totp", wrongCode(app.secret, now())));
  return refusal.id === "totp.wrong_code" ? null : (refusal.more.retryAt ?? new Date(now().getTime() + hours(1)));
}

const failuresOf = async ({ userId }: TestPerson) =>
  (await house.db.user.findUniqueOrThrow({ where: { id: userId } })).passwordFailures;

/** An owner with or without an app, and the way in on their known device through every door. */
async function owner(hasApp: boolean) {
  const person = await makePerson(house.ctx);
  const app = hasApp ? await withTotp(house.ctx, person) : null;
  const known = { deviceToken: (await openSessionFor(house.ctx, person)).deviceToken };
  const enter = async (password = person.password) => {
    const { pass } = await knock(house.stranger(), person, { ...known, password });
    if (app) house.clock.move(minutes(1)); // a code of its own for each login
    if (app) await answer(house.stranger(), pass, "totp", app.codeAt(now()));
    expect(await claimLogin(house.ctx, pass)).not.toBeNull();
  };
  return { person, app, known, enter };
}

test.each([
  ["with an app", true],
  ["without a factor", false],
])(
  "a hundred hours of wrong passwords, %s: the owner who comes every five hours is in each time, on a known device",
  async (_, hasApp) => {
    const { person, enter } = await owner(hasApp);
    let visits = 0;
    const taken = await attack(
      () => guessPassword(person),
      hours(5),
      async () => {
        await enter();
        visits += 1;
      },
    );
    expect(visits).toBeGreaterThanOrEqual(19);
    expect(taken).toBeGreaterThan(95);
    expect(taken).toBeLessThanOrEqual(111); // five at once, seven in the first two hours, one in each hour after that
  },
  120_000,
);

test("an owner who stays away all the time is in too: strangers stopped at ninety, and the right one opens it to all", async () => {
  const { person, enter } = await owner(true);
  await attack(
    () => guessPassword(person),
    hours(1000),
    async () => undefined,
  );
  expect(await failuresOf(person)).toBe(90);
  house.clock.move(hours(1));
  expect(await refused(knock(house.stranger(), person))).toBe("login.wrong");
  await enter();
  expect(await failuresOf(person)).toBe(0);
}, 120_000);

test("after them the owner who is in with a fresh code chooses a new password", async () => {
  const { person } = await owner(true);
  const { actor, deviceToken } = await openSessionFor(house.ctx, person);
  await house.db.user.update({ where: { id: person.userId }, data: { passwordFailures: 90 } });
  await changePassword(house.stranger(), { actor, current: person.password, next });
  expect((await knock(house.stranger(), person, { password: next, deviceToken })).next).toBe("answer");
});

test("a hundred hours of wrong codes by somebody with the password: ninety in all, and the owner is in on a known device", async () => {
  const { person, app, enter } = await owner(true);
  if (!app) throw new Error("There is an app.");
  const taken = await attack(() => guessCode(person, app), hours(5), enter);
  expect(taken).toBe(90);
  await enter();
}, 120_000);
