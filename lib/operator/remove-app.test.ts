import { beforeEach, describe, expect, test } from "vitest";
import { claimLogin } from "@/lib/challenge/claim-login";
import { startLogin } from "@/lib/challenge/start-login";
import { later, minutes } from "@/lib/kernel/duration";
import { registerApp } from "@/lib/operator/register-app";
import { removeApp } from "@/lib/operator/remove-app";
import { portalClient } from "@/lib/policy/clients";
import { openHouse, refused } from "@/lib/testing/story";
import { makePerson, type TestPerson } from "@/lib/testing/test-context";
import { findAccount } from "@/lib/users/store";

const house = openHouse();
const shop = { id: "shop", demands: false };

async function register() {
  const plain = { name: "The shop", origins: [], servers: [], redirect: null, unmasked: false, isDefault: false };
  await registerApp(house.ctx, { app: { ...plain, ...shop }, by: "cli" });
}

const remove = () => removeApp(house.ctx, { id: "shop", by: "cli" });

/** A login that was started through the shop, or through the portal, and only waits to be claimed. */
async function started(app: typeof shop | null = shop, person?: TestPerson) {
  const { userId } = person ?? (await makePerson(house.ctx));
  const account = await findAccount(house.ctx, userId);
  if (!account) throw new Error("The person has an account.");
  const { pass } = await startLogin(house.ctx, { account, amr: ["pwd"], deviceId: null, returnTo: "/security", app });
  return { pass, userId };
}

const clients = async () =>
  (await house.db.session.findMany({ orderBy: { clientId: "asc" } })).map(({ clientId }) => clientId);

beforeEach(async () => {
  await house.db.$executeRaw`TRUNCATE apps, users, security_events CASCADE`;
});

/** A row as if it had been opened through the shop. */
const session = async (userId: string, clientId: string, expiresAt = later(house.ctx.now, minutes(60))) => {
  const { now } = house.ctx;
  const id = house.ctx.random.id();
  const moments = { authTime: now, provenAt: now, createdAt: now, lastSeenAt: now, expiresAt };
  const data = {
    id,
    tokenHash: id,
    challengeId: id,
    userId,
    clientId,
    credentialVersion: 2,
    aal: 1,
    ip: "",
    agent: "",
  };
  await house.db.session.create({ data: { ...data, ...moments, provenWith: "password" } });
};

describe("removing an app", () => {
  test("ends its sessions and the logins under way through it, and nobody else's", async () => {
    await register();
    const [ours, portals] = [await started(), await started(null)];
    await session(ours.userId, "shop");
    await session(ours.userId, "shop", later(house.ctx.now, minutes(-1)));
    await session(ours.userId, portalClient);
    await session(ours.userId, "other");
    expect(await remove()).toEqual({ endedSessions: 1, wasDefault: true });
    expect(await clients()).toEqual(["other", portalClient]);
    const states = await house.db.challenge.findMany({
      orderBy: { clientId: "asc" },
      select: { clientId: true, state: true },
    });
    expect(states).toEqual([
      { clientId: portalClient, state: "SATISFIED" },
      { clientId: "shop", state: "DEAD" },
    ]);
    expect(await claimLogin(house.ctx, portals.pass)).not.toBeNull();
    const [told] = await house.db.securityEvent.findMany({ where: { name: "app.removed" } });
    expect(told?.meta).toEqual({ by: "cli", app: "shop", sessions: 1 });
  });

  test("twice at once: one of them does it", async () => {
    await register();
    const all = await Promise.allSettled([remove(), remove()]);
    expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await refused(remove())).toBe("apps.unknown");
  });

  test("while people come in through it: whoever is in a moment later is nobody", async () => {
    const people = await Promise.all(Array.from({ length: 5 }, () => makePerson(house.ctx)));
    for (let round = 0; round < 40; round += 1) {
      await register();
      const logins = await Promise.all(people.map((person) => started(shop, person)));
      await Promise.all([...logins.map(({ pass }) => claimLogin(house.ctx, pass)), remove()]);
      expect(await clients()).toEqual([]);
    }
  });

  test("a login that began while it was removed does not survive into a new app of its id", async () => {
    await register();
    await remove();
    const late = await started();
    await session(late.userId, "shop");
    await register();
    expect(await clients()).toEqual([]);
    expect(await house.db.challenge.findFirst()).toMatchObject({ clientId: "shop", state: "DEAD" });
  });
});
