import { expect } from "@/e2e/support/fixtures";
import { test } from "@/e2e/support/passkey-portal";
import { loadOf, moreThan } from "@/e2e/support/weight";

test.describe.configure({ mode: "default" }); // one portal for all of them

test("until somebody presses it, the offer costs the login page no kilobyte, and a page without it nothing", async ({
  visit: { page },
}) => {
  const [without, login] = [await loadOf(page, `${process.env.E2E_PORTAL_URL}/login`), await loadOf(page, "/login")];
  expect(moreThan(login, without), "with a button for a former name").toBeLessThanOrEqual(1000);
  for (const text of without.scripts.values()) expect(text).not.toContain("navigator.credentials");
});

test("two hundred views of the login page from one address, each with a challenge, leave no row and cost nobody a try", async ({
  visit: { house, page },
}) => {
  const rows = () =>
    house.sql("SELECT (SELECT json_agg(b) FROM buckets b) AS tries, (SELECT count(*) FROM spent_answers) AS answers");
  await page.goto("/login");
  const before = await rows();
  const statuses = await page.evaluate(async () => {
    const seen: number[] = [];
    for (let round = 0; round < 40; round += 1) {
      const five = ["/login", "/login/passkey"].flatMap((path) => Array.from({ length: 5 }, () => fetch(path)));
      for (const answer of await Promise.all(five)) seen.push(answer.status);
    }
    return seen;
  });
  expect(statuses).toEqual(Array(400).fill(200));
  expect(await rows()).toEqual(before);
});
