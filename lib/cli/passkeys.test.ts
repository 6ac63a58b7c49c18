import { expect, test } from "vitest";
import { commandLine } from "@/lib/cli/command-line.kit";
import { config } from "@/lib/config/config";
import { forgottenNames } from "@/lib/factors/passkey/names";
import { withPasskey } from "@/lib/testing/passkeys";
import { makePerson, withRecoveryCodes, withTotp } from "@/lib/testing/test-context";
import { setSettings } from "@/lib/testing/test-settings";

const { house, portal, json, events } = commandLine();

const moved = {
  APP_URL: "https://login.example.test",
  SECOND_FACTOR_KINDS: "passkey,totp",
  RELATED_ORIGINS: "former.test",
};
const home = { RELATED_ORIGINS: "", APP_URL: "http://localhost:3000", SECOND_FACTOR_KINDS: "" };
const mistake = () => forgottenNames(house().ctx, config().relyingParty);

/** An administrator with one passkey of before the move, and somebody who has moved. */
async function people() {
  setSettings(moved);
  const ada = await makePerson(house().ctx, { email: "ada@example.test", isAdmin: true });
  const grace = await makePerson(house().ctx, { email: "grace@example.test" });
  await withPasskey(house().ctx, ada, { rpId: "former.test" });
  await withPasskey(house().ctx, grace, { rpId: "former.test" });
  await withPasskey(house().ctx, grace, { rpId: "login.example.test" });
  return { ada, grace };
}

test("says which names passkeys belong to, and who has none under today's; changes nothing", async () => {
  const { ada } = await people();
  expect((await json("passkeys")).document).toMatchObject({
    ok: true,
    today: "login.example.test",
    names: [
      { name: "former.test", passkeys: 2, standing: "former, still asked for" },
      { name: "login.example.test", passkeys: 1, standing: "today's" },
    ],
    notMoved: [{ userId: ada.userId, email: "ada@example.test", isAdmin: true }],
  });
  const { out } = await portal("passkeys");
  expect(out).toMatch(/former\.test +2 +former, still asked for\n/);
  expect(out).toMatch(/1 person with none under today's name:\n +ada@example\.test \(administrator\)\n/);
  expect(await events()).toEqual([]);
  setSettings(home);
});

test("a name that an administrator still needs is not given up: neither by the command nor by a start", async () => {
  const { ada } = await people();
  const asked = await json("passkeys --without former.test");
  expect(asked).toMatchObject({ code: 1, document: { ok: false, lockedOut: [{ userId: ada.userId }] } });
  expect(await mistake()).toBeNull();
  setSettings({ ...moved, RELATED_ORIGINS: "" });
  expect(await mistake()).toMatch(/^RP_ID or RELATED_ORIGINS must name former\.test: an administrator has no way in/);
  setSettings({ ...home, APP_URL: "http://127.0.0.1:3000" });
  expect(await mistake()).not.toBeNull();
  await withTotp(house().ctx, ada);
  expect(await mistake()).toBeNull();
  setSettings(home);
});

test("whoever has an app, codes on paper or a passkey of today's needs it no longer; nor does whoever is disabled", async () => {
  const { ada, grace } = await people();
  await withRecoveryCodes(house().ctx, ada);
  await house().db.factor.deleteMany({
    where: { userId: grace.userId, data: { path: ["rpId"], equals: "former.test" } },
  });
  expect((await json("passkeys --without former.test")).document).toMatchObject({ ok: true, lockedOut: [] });
  await house().db.recoveryCode.deleteMany();
  expect((await json("passkeys --without former.test")).code).toBe(1);
  await house().db.user.updateMany({ where: { id: ada.userId }, data: { disabledAt: house().ctx.now } });
  expect((await json("passkeys --without former.test")).code).toBe(0);
  setSettings(home);
});

test.each(["FORMER.test", "former.test.", "ｆormer.test"])(
  "a name is read as the settings are: %j is the one that an administrator needs",
  async (typed) => {
    const { ada } = await people();
    const { code, document } = await json(`passkeys --without ${typed}`);
    expect([code, document]).toMatchObject([1, { without: "former.test", lockedOut: [{ userId: ada.userId }] }]);
    setSettings(home);
  },
);

test("of a name that nobody has it is not said that nobody would be locked out", async () => {
  await people();
  expect(await json("passkeys --without formr.test")).toMatchObject({
    code: 1,
    document: { ok: false, error: { id: "passkeys.name_unknown" }, names: ["login.example.test", "former.test"] },
  });
  expect(await portal("passkeys --without https://former.test")).toMatchObject({
    code: 2,
    err: expect.stringContaining("without https://"),
  });
  setSettings(home);
});

test("in a house without passkeys there is nothing to move", async () => {
  expect((await json("passkeys")).document).toMatchObject({ names: [], notMoved: [], today: "localhost" });
  expect((await portal("passkeys")).out).toBe("Nobody has a passkey.\n");
});
