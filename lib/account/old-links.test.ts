import { describe, expect, test } from "vitest";
import { readInvitation } from "@/lib/account/accept-invitation";
import { beginProof } from "@/lib/account/contacts/begin-proof";
import { confirmProof } from "@/lib/account/contacts/confirm-proof";
import { someMailbox } from "@/lib/account/contacts/contacts.kit";
import { readRevert, revertEmail } from "@/lib/account/contacts/revert-email";
import { containAccount } from "@/lib/account/contain-account";
import { letterTokens, type Owner, someone } from "@/lib/account/letter-tokens.kit";
import { lockAccount } from "@/lib/account/lock-account";
import { readAlarm } from "@/lib/account/read-alarm";
import { readChallenge } from "@/lib/challenge/read-challenge";
import { minutes } from "@/lib/kernel/duration";
import { DomainError } from "@/lib/kernel/errors";
import { findRegistration } from "@/lib/links/registration-link";
import { readVeto } from "@/lib/pending/read-changes";
import { readReset } from "@/lib/resets/live-reset";
import { resetByApp } from "@/lib/resets/reset-by-app";
import { lastCode, sendingSettings } from "@/lib/testing/letters";
import { begunReset, forget, resetTokens } from "@/lib/testing/resets";
import { atSecondDoor, knock, openHouse } from "@/lib/testing/story";
import { makePerson, openSessionFor } from "@/lib/testing/test-context";
import { openUnlockByLink, readUnlock } from "@/lib/unlocks/open-unlock";

const house = openHouse(sendingSettings);
const next = "nine slow ferries to nowhere";
const tokens = letterTokens(house);

/** Does `doing` come about? A fault of ours is a failure of the test. */
async function works(doing: () => Promise<unknown>): Promise<boolean> {
  try {
    await doing();
    return true;
  } catch (error) {
    if (error instanceof DomainError) return false;
    throw error;
  }
}

const isOpen = async (read: Promise<{ readonly state: string }>) => (await read).state === "open";

/** What was open before: how somebody comes by it, and how to ask afterwards whether it still opens something. */
const opened: Readonly<Record<string, (owner: Owner) => Promise<() => Promise<boolean>>>> = {
  "a link to a new password": async (owner) => {
    const token = await tokens.reset(owner);
    return () => isOpen(readReset(house.ctx, token));
  },
  "a code to a new password, for an app": async ({ person: { email, userId } }) => {
    await forget(house, email, null, "an-app");
    const code = await lastCode(house.ctx, userId);
    return () => works(() => resetByApp(house.stranger(), { email, code, password: next, app: "an-app" }));
  },
  "a reset that is under way in a browser": async ({ person }) => {
    const { pass } = await begunReset(house, person);
    return async () => (await readChallenge(house.ctx, pass)) !== null;
  },
  "an invitation": async (owner) => {
    const token = await tokens.invitation(owner);
    return async () => (await readInvitation(house.ctx, token)) !== null;
  },
  "a letter that lets a browser try": async (owner) => {
    const token = await tokens.unlock(owner);
    return () => readUnlock(house.ctx, token);
  },
  "a browser that such a letter lets try": async (owner) => {
    const unlockToken = await openUnlockByLink(house.stranger(), { token: await tokens.unlock(owner) });
    return () => works(() => knock(house.stranger(), owner.person, { unlockToken }));
  },
  "the link that stops what waits": async (owner) => {
    const token = await tokens.veto(owner);
    return () => isOpen(readVeto(house.ctx, token));
  },
  "a code for a further address": async ({ person: { userId }, actor }) => {
    await beginProof(house.ctx, { actor, purpose: "further", typed: someMailbox(house.ctx) });
    const code = await lastCode(house.ctx, userId);
    return () => works(() => confirmProof(house.ctx, { actor, purpose: "further", code }));
  },
  "a login before its second step": async ({ person }) => {
    const pass = await atSecondDoor(house.stranger(), person.userId);
    return async () => (await readChallenge(house.ctx, pass)) !== null;
  },
  "another alarm": async (owner) => {
    const token = await tokens.alarm(owner);
    return () => isOpen(readAlarm(house.ctx, token));
  },
  "the link in the old mailbox": async (owner) => {
    const token = await tokens.revert(owner);
    return () => isOpen(readRevert(house.ctx, token));
  },
  "a link to register another address": async () => {
    const token = await tokens.registration();
    return async () => (await findRegistration(house.ctx, token)) !== null;
  },
};

/** The ways to close an account at once; each only takes away. */
const closes: Readonly<Record<string, (owner: Owner) => Promise<unknown>>> = {
  "lock my account": async ({ person }) => lockAccount(house.ctx, (await openSessionFor(house.ctx, person)).actor),
  "this was not me, by a letter": async (owner) =>
    containAccount(house.stranger(), { token: await tokens.alarm(owner, "device.new") }),
  "the change of the login e-mail is taken back": async (owner) =>
    revertEmail(house.stranger(), { token: await tokens.revert(owner) }),
};

/** What lives on, and why. Everything else is dead. */
const livesOn: Readonly<Record<string, readonly string[]>> = {
  // It only takes away, and whoever sits at an open session must not silence it by a lock.
  "the link in the old mailbox": ["lock my account", "this was not me, by a letter"],
  // It is nobody's yet.
  "a link to register another address": Object.keys(closes),
};

type Alive = () => Promise<boolean>;

/** Everything that can be open, of one owner. */
async function allOpen(owner: Owner): Promise<ReadonlyMap<string, Alive>> {
  const all = new Map<string, Alive>();
  for (const [what, open] of Object.entries(opened)) all.set(what, await open(owner));
  return all;
}

async function alive(all: ReadonlyMap<string, Alive>): Promise<readonly string[]> {
  const found: string[] = [];
  for (const [what, isAlive] of all) if (await isAlive()) found.push(what);
  return found;
}

describe("what was sent before an account was closed", () => {
  test("opened something until then, each of it, or this table would say nothing", async () => {
    expect(await alive(await allOpen(await someone(house)))).toEqual(Object.keys(opened));
  });

  test.each(Object.keys(closes))(
    "is dead after “%s”, but for what only takes away or is nobody's yet",
    async (close) => {
      const owner = await someone(house);
      const all = await allOpen(owner);
      house.clock.move(minutes(1));
      await closes[close]?.(owner);
      expect(await alive(all)).toEqual(Object.keys(opened).filter((what) => livesOn[what]?.includes(close)));
    },
  );
});

test("an owner who locked the account gets in by a letter that is asked for afterwards", async () => {
  const person = await makePerson(house.ctx);
  await lockAccount(house.ctx, (await openSessionFor(house.ctx, person)).actor);
  await forget(house, person.email);
  expect(await readReset(house.ctx, (await resetTokens(house.ctx, person.userId)).at(-1))).toMatchObject({
    state: "open",
  });
});
