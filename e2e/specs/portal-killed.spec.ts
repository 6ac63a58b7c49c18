import { expect, test } from "@/e2e/support/fixtures";
import { haproxy } from "@/e2e/support/killed/haproxy";
import { killAgainAndAgain } from "@/e2e/support/killed/kill-again";

/** `npm run portals:kill` asks for minutes. */
const asked = Number(process.env.KILL_SECONDS ?? 0);
const plan = asked > 0 ? { seconds: asked, every: 5, rate: 8 } : { seconds: 20, every: 5, rate: 4 };

test("one of two portals behind haproxy is killed again and again: nobody is let in twice, nothing that was told is lost, starting over lets in", async () => {
  test.skip(haproxy === null, 'haproxy is not installed ("apt-get install haproxy")');
  test.setTimeout(plan.seconds * 2_000 + 240_000);
  const told = await killAgainAndAgain(plan, (line) => asked > 0 && process.stdout.write(`${line}\n`));
  const { mistakes, awayFor, logins, begun, owners, untold, typed: _, ...rest } = told;
  if (asked > 0) {
    process.stdout.write(`${JSON.stringify({ ...rest, logins, begun, owners, awayFor: awayFor.map(Math.round) })}\n`);
    process.stdout.write(`${inNumbers(untold)}\n`);
  }
  expect(mistakes).toEqual([]);
  expect(awayFor.length).toBeGreaterThanOrEqual(3); // each of the two, and one again
  expect(logins.in).toBeGreaterThan(begun * 0.8);
  expect(owners.told, `of ${owners.done}; the others: ${untold.join("; ")}`).toBeGreaterThan(owners.done / 2); // of what was done beside logging in
});

/** Each reason once, with how many had it. */
function inNumbers(untold: readonly string[]): string {
  const lines = [...new Set(untold)].map((why) => `  ${untold.filter((one) => one === why).length} × ${why}`);
  return [`Not told that it is done: ${untold.length} owners, whose change may be there or not.`, ...lines].join("\n");
}
