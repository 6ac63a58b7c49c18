import { afterAll, beforeAll, expect, test } from "vitest";
import { database } from "@/lib/db/client";
import { registerApp } from "@/lib/operator/register-app";
import { pathsOf } from "@/lib/testing/statements/paths";
import { openHouse } from "@/lib/testing/story";
import { setSettings } from "@/lib/testing/test-settings";

const house = openHouse();

/** What each path costs: so many round trips to the database, and so many commits, each of which waits for the disk. */
const costs: Readonly<Record<string, string>> = {
  "password: right, one factor, a stranger": "7 round trips, 3 commits",
  "password: right, one factor, a known device": "7 round trips, 3 commits",
  "password: right, a trusted browser, and its session": "9 round trips, 5 commits",
  "password: right, nothing bound": "7 round trips, 3 commits",
  "password: wrong": "4 round trips, 3 commits",
  "password: wrong, a known device": "4 round trips, 3 commits",
  "password: a name that nobody has": "4 round trips, 3 commits",
  "second door: its page": "2 round trips, 0 commits",
  "second door: answer and claim": "9 round trips, 3 commits",
  "second door: a wrong code": "4 round trips, 2 commits",
  "a guarded page": "1 round trips, 0 commits",
  "the page of sessions": "3 round trips, 0 commits",
  "the page of one session": "2 round trips, 0 commits",
  "the page of devices": "2 round trips, 0 commits",
  "the page of activity": "2 round trips, 0 commits",
  "the letters in the activity": "3 round trips, 0 commits",
  "the security page": "2 round trips, 0 commits",
  "registration: an address that nobody has": "13 round trips, 3 commits",
  "registration: an address that somebody has": "13 round trips, 3 commits",
  "registration: its link is looked at": "2 round trips, 0 commits",
  "registration: a password is chosen": "14 round trips, 4 commits",
  "a forgotten password: a name that nobody has": "2 round trips, 2 commits",
  "a forgotten password: a name that somebody has": "2 round trips, 2 commits",
  "a letter that ends the wait: a name that nobody has": "2 round trips, 2 commits",
  "a letter that ends the wait: a name that somebody has": "2 round trips, 2 commits",
  "the page of contacts": "3 round trips, 0 commits",
  "the page of one's data": "3 round trips, 0 commits",
  "the banner of one change that waits": "2 round trips, 0 commits",
  "the banner of two changes that wait": "2 round trips, 0 commits",
  "the page that stops a change": "2 round trips, 0 commits",
  "a change is stopped by a letter's link": "8 round trips, 4 commits",
  "the page that takes a move back": "1 round trips, 0 commits",
  "a move is taken back by the old mailbox": "15 round trips, 4 commits",
  "the page of a reset's link": "3 round trips, 0 commits",
  "a reset: the button of its link": "13 round trips, 4 commits",
  "a reset: the new password": "14 round trips, 1 commits",
  "a wait ends by a letter's code": "9 round trips, 5 commits",
  "a wait: a letter's wrong code": "3 round trips, 3 commits",
  "api: login, one factor": "9 round trips, 4 commits",
  "api: login, nothing bound": "10 round trips, 5 commits",
  "api: verify": "10 round trips, 2 commits",
};

beforeAll(async () => {
  setSettings({ DATABASE_URL: house.url, TRUST_DEVICES: "14" });
  const shop = { id: "shop", name: "The shop", origins: [], servers: [], redirect: null, unmasked: false };
  await registerApp(house.ctx, { app: { ...shop, demands: false, isDefault: false }, by: "cli" });
});
afterAll(() => database().$disconnect());

test("every path is in the table, and costs what stands there", () =>
  expect(Object.keys(pathsOf(house))).toEqual(Object.keys(costs)));

test.each(Object.entries(costs))("%s: %s", async (name, cost) => {
  const { roundTrips, commits } = (await pathsOf(house)[name]?.()) ?? {};
  expect(`${roundTrips} round trips, ${commits} commits`).toBe(cost);
});
