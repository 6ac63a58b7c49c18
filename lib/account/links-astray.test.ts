import { beforeAll, expect, test } from "vitest";
import { acceptInvitation, readInvitation } from "@/lib/account/accept-invitation";
import { readRevert, revertEmail } from "@/lib/account/contacts/revert-email";
import { containAccount } from "@/lib/account/contain-account";
import { letterTokens, type Owner, someone, tokenOf } from "@/lib/account/letter-tokens.kit";
import { readAlarm } from "@/lib/account/read-alarm";
import { sha256 } from "@/lib/crypto/digest";
import { readVeto } from "@/lib/pending/read-changes";
import { vetoByLink } from "@/lib/pending/veto-change";
import { readRegistration, register } from "@/lib/registration/register";
import { readReset } from "@/lib/resets/live-reset";
import { openReset } from "@/lib/resets/open-reset";
import { completeSetup, isSetupOpen } from "@/lib/setup/complete-setup";
import { issueSetupLink } from "@/lib/setup/issue-setup-link";
import { sendingSettings } from "@/lib/testing/letters";
import { openHouse, refused } from "@/lib/testing/story";
import { openSessionFor } from "@/lib/testing/test-context";
import { askForUnlock } from "@/lib/unlocks/ask-for-unlock";
import { openUnlockByLink, readUnlock } from "@/lib/unlocks/open-unlock";

const house = openHouse({ ...sendingSettings, REGISTRATION: "open" });
const tokens = letterTokens(house);
const password = "nine slow ferries to nowhere";
const isOpen = async (read: Promise<{ readonly state: string }>) => (await read).state === "open";

/** Every place that takes the token of a link: what it begins with there, how its page looks it up, and what its button does. */
const places: Readonly<
  Record<string, { prefix: string; opens(token: string): Promise<boolean>; use(token: string): Promise<unknown> }>
> = {
  "the first set-up": {
    prefix: "set_",
    opens: (token) => isSetupOpen(house.ctx, token),
    use: (token) => completeSetup(house.stranger(), { token, email: "thief@example.test", username: "", password }),
  },
  "an invitation": {
    prefix: "inv_",
    opens: async (token) => (await readInvitation(house.ctx, token)) !== null,
    use: (token) => acceptInvitation(house.stranger(), { token, password }),
  },
  "a registration": {
    prefix: "reg_",
    opens: async (token) => (await readRegistration(house.ctx, token)) !== null,
    use: (token) => register(house.stranger(), { token, password }),
  },
  "a reset": {
    prefix: "rst_",
    opens: (token) => isOpen(readReset(house.ctx, token)),
    use: (token) => openReset(house.stranger(), { token, deviceToken: null }),
  },
  "an unlock": {
    prefix: "unl_",
    opens: (token) => readUnlock(house.ctx, token),
    use: (token) => openUnlockByLink(house.stranger(), { token }),
  },
  "a veto": {
    prefix: "vet_",
    opens: (token) => isOpen(readVeto(house.ctx, token)),
    use: (token) => vetoByLink(house.stranger(), { token }),
  },
  "a move taken back": {
    prefix: "rvt_",
    opens: (token) => isOpen(readRevert(house.ctx, token)),
    use: (token) => revertEmail(house.stranger(), { token }),
  },
  "an alarm": {
    prefix: "alm_",
    opens: (token) => isOpen(readAlarm(house.ctx, token)),
    use: (token) => containAccount(house.stranger(), { token }),
  },
};

/** The tokens that there are, each with the one place that it is for; null: none that takes links. */
const kinds: Readonly<Record<string, { place: string | null; token(owner: Owner): Promise<string> }>> = {
  "the operator's first link": {
    place: "the first set-up",
    token: async () => tokenOf((await issueSetupLink(house.ctx)) ?? ""),
  },
  "an invitation": { place: "an invitation", token: tokens.invitation },
  "a registration": { place: "a registration", token: tokens.registration },
  "a new password": { place: "a reset", token: tokens.reset },
  "a browser that may try": { place: "an unlock", token: tokens.unlock },
  "what stops a change": { place: "a veto", token: tokens.veto },
  "the old mailbox": { place: "a move taken back", token: tokens.revert },
  "an alarm about a device": { place: "an alarm", token: (owner) => tokens.alarm(owner, "device.new") },
  "an alarm about wrong codes": { place: "an alarm", token: (owner) => tokens.alarm(owner) },
  "a session's cookie": {
    place: null,
    token: async ({ person }) => (await openSessionFor(house.ctx, person)).token,
  },
  "a known device's cookie": {
    place: null,
    token: async ({ person }) => (await openSessionFor(house.ctx, person)).deviceToken ?? "",
  },
  "a browser that waits for a letter": {
    place: null,
    token: ({ person }) => askForUnlock(house.stranger(), { identifier: person.email }),
  },
};

let owner: Owner;
beforeAll(async () => {
  owner = await someone(house); // one for all, as nothing here opens
});

const begunOtherwise = (token: string, prefix: string) => prefix + token.slice(4);

test.each(Object.entries(kinds))(
  "the token of %s opens its own place and no other, whatever it begins with",
  async (_, kind) => {
    const token = await kind.token(owner);
    expect(token).toMatch(/^[a-z]{3}_[\w-]{43}$/);
    const others = Object.entries(places).filter(([name]) => name !== kind.place);
    for (const [name, { prefix, opens, use }] of others)
      for (const given of [token, begunOtherwise(token, prefix)]) {
        expect(await opens(given), name).toBe(false);
        expect(await refused(use(given)), name).toMatch(
          /^(?:setup\.link_over|unlock\.over|pending\.over|contacts\.revert_over|alarm\.over)$/,
        );
      }
    for (const [name, { opens }] of Object.entries(places)) expect(await opens(token), name).toBe(name === kind.place);
  },
);

test.each([
  ["the first set-up", kinds["the operator's first link"]],
  ["an invitation", kinds["an invitation"]],
  ["a registration", kinds["a registration"]],
  ["a reset", kinds["a new password"]],
  ["an alarm", kinds["an alarm about a device"]],
] as const)(
  "the purpose in a link's row is a part of each look-up: %s opens under its own alone",
  async (place, kind) => {
    const token = (await kind?.token(owner)) ?? "";
    const opens = async () => (await places[place]?.opens(token)) === true;
    expect(await opens()).toBe(true);
    const [{ purpose = "" } = {}] = await house.db.oneTimeLink.findMany({ where: { hash: sha256(token) } });
    const others = ["setup", "invitation", "registration", "reset", "revert", "alarm.second_step"];
    for (const other of others.filter((one) => one.split(".")[0] !== purpose.split(".")[0])) {
      await house.db.oneTimeLink.updateMany({ where: { hash: sha256(token) }, data: { purpose: other } });
      expect(await opens(), other).toBe(false);
    }
    await house.db.oneTimeLink.updateMany({ where: { hash: sha256(token) }, data: { purpose } });
    expect(await opens()).toBe(true);
  },
);
