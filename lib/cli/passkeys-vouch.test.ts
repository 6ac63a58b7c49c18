import { beforeEach, expect, test } from "vitest";
import { commandLine } from "@/lib/cli/command-line.kit";
import { acceptedPasskeys } from "@/lib/factors/passkey/accepted";
import { withPasskey } from "@/lib/testing/passkeys";
import { makePerson } from "@/lib/testing/test-context";
import { setSettings } from "@/lib/testing/test-settings";

const { house, portal, json, events, now } = commandLine();
beforeEach(() => setSettings({ SECOND_FACTOR_KINDS: "passkey,totp" }));

const setBackTo = new Date("2030-01-05T08:00:00Z");
const restoredAt = new Date("2030-01-07T09:00:00Z");
const restored = (id: string) => house().db.restore.create({ data: { id, restoredAt, setBackTo, version: "1" } });

test("nobody says it by accident: it asks, with what is lost where it is said too early", async () => {
  await restored("r");
  expect(await portal("passkeys vouch")).toMatchObject({ code: 2, err: expect.stringContaining("Add --yes") });
  const asked = await portal("passkeys vouch", "yes");
  expect(asked).toMatchObject({ code: 1, err: expect.stringContaining("Nothing was changed") });
  expect(asked.asked[0]).toContain("the backup of 2030-01-05 08:00 UTC and its restore at 2030-01-07 09:00 UTC");
  expect(await house().db.restore.count({ where: { vouchedAt: null } })).toBe(1);
  expect((await portal("help passkeys vouch")).out).toContain("Said too early");
});

test("said once, for every restore so far, browsers are told again, and it is recorded; twice changes nothing", async () => {
  const ada = await makePerson(house().ctx, { email: "ada@example.test" });
  const { id } = await withPasskey(house().ctx, ada);
  await restored("r");
  await restored("s");
  expect(await acceptedPasskeys(now(), ada)).toBeNull();
  expect(await portal("passkeys vouch", "vouch")).toMatchObject({
    code: 0,
    out: expect.stringContaining("2 restores"),
  });
  expect((await acceptedPasskeys(now(), ada))?.accepted).toContain(id);
  expect(await json("passkeys vouch --yes")).toMatchObject({ code: 0, document: { ok: true, restores: 0 } });
  expect(await events()).toEqual([
    { name: "passkeys.vouched", actorId: null, meta: expect.objectContaining({ by: "cli", restores: 2 }) },
  ]);
});

test("the next restore wants a word of its own", async () => {
  await restored("r");
  await portal("passkeys vouch --yes");
  await restored("s");
  expect(await json("passkeys vouch --yes")).toMatchObject({ document: { restores: 1 } });
});
