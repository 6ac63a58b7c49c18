import { expect, test } from "vitest";
import { readPendingPrepared } from "@/lib/challenge/enrol-at-login";
import { readPrepared } from "@/lib/challenge/read-challenge";
import { config } from "@/lib/config/config";
import { beginEnrolment } from "@/lib/factors/begin-enrolment";
import { binderOf } from "@/lib/factors/binder-of";
import { confirmEnrolment } from "@/lib/factors/confirm-enrolment";
import { keepsTheContract } from "@/lib/factors/contract/contract.kit";
import { answer } from "@/lib/factors/contract/under-contract.kit";
import { isCounterBehind } from "@/lib/factors/passkey/judge";
import { minutes } from "@/lib/kernel/duration";
import { listFactors } from "@/lib/testing/listed-factors";
import { answerOf, optionsIn, passkeySettings, signInWith, withPasskey } from "@/lib/testing/passkeys";
import { type Make, type Manners, softwareKey } from "@/lib/testing/software-key";
import { atSecondDoor, eventNames, openHouse, refused } from "@/lib/testing/story";
import { makePerson, openSessionFor, type TestPerson } from "@/lib/testing/test-context";
import { setSettings } from "@/lib/testing/test-settings";

const house = openHouse(passkeySettings);
const origin = () => config().appUrl;

const someAssertion = (fields: object = {}) =>
  JSON.stringify({
    id: "AAAA",
    type: "public-key",
    response: { clientDataJSON: "AAAA", authenticatorData: "AAAA", signature: "AAAA" },
    ...fields,
  });

keepsTheContract(house, {
  kind: "passkey",
  give: async (ctx, person) => {
    const key = await withPasskey(ctx, person);
    return { right: (_at, pass) => answerOf(house.stranger(), key, pass), secrets: [key.publicKey] };
  },
  wrong: { credential: someAssertion() },
  malformed: [
    "",
    "{}",
    "[]",
    "null",
    "{",
    someAssertion({ id: "" }),
    someAssertion({ id: "a".repeat(1365) }),
    someAssertion({ type: "password" }),
    someAssertion({ response: {} }),
    someAssertion({ response: { clientDataJSON: "+/=", authenticatorData: "AAAA", signature: "AAAA" } }),
    "[".repeat(4096),
    `"${"A".repeat(4095)}"`,
    null,
    7,
    ["x"],
  ],
  binding: {
    given: {},
    right: ({ prepared }) => ({ credential: softwareKey().create(optionsIn(prepared), origin()) }),
  },
});

async function knock(make: Make & { readonly uvAtBinding?: boolean } = {}) {
  const person = await makePerson(house.ctx);
  const key = await withPasskey(house.ctx, person, make);
  const pass = await atSecondDoor(house.stranger(), person.userId);
  const give = async (manners: Manners = {}) =>
    answer(house.stranger(), pass, "passkey", await answerOf(house.stranger(), key, pass, manners));
  return { person, key, pass, give };
}

test.each<readonly [string, Manners]>([
  ["of another origin", { origin: "https://evil.example" }],
  ["of a name that only ends like ours", { origin: "http://notlocalhost:3000" }],
  ["of a name below ours", { origin: "http://sub.localhost:3000" }],
  ["of another port", { origin: "http://localhost:3001" }],
  ["of another scheme", { origin: "https://localhost:3000" }],
  ["of our name with a dot behind it", { origin: "http://localhost.:3000" }],
  ["for another relying party", { rpId: "example.test" }],
  ["from a frame in somebody else's page", { crossOrigin: true }],
  ["from a frame that names the page around it", { crossOrigin: true, topOrigin: "https://evil.example" }],
  ["with a page around it and no frame", { topOrigin: "https://evil.example" }],
  ["to another challenge", { challenge: "b3RoZXI" }],
  ["that was made for a registration", { type: "webauthn.create" }],
  ["whose signature has one bit turned", { isForged: true }],
  ["with nobody there", { present: false }],
  ["of somebody else's handle", { userHandle: "c29tZWJvZHkgZWxzZQ" }],
  ["that suddenly may be copied", { backupEligible: true }],
  ["that is in a backup and cannot be", { backedUp: true }],
  ["under another credential's id", { id: "b3RoZXI" }],
])("an answer %s is refused", async (_, manners) => {
  const { give } = await knock();
  expect(await refused(give(manners))).toBe("passkey.wrong");
  expect((await give()).purpose).toBe("LOGIN");
});

test.each([
  [-7, {}],
  [-8, {}],
  [-257, {}],
  [-7, { verifies: false, uvAtBinding: false, counts: false }],
  [-7, { isSynced: true, counts: false }],
] as const)("a key of algorithm %i that is %j serves after a password", async (algorithm, make) => {
  const { person, give } = await knock({ algorithm, ...make });
  expect((await give()).userId).toBe(person.userId);
});

test("another person's passkey is none here, whoever's step it is", async () => {
  const [mine, theirs] = [await knock(), await knock()];
  const foreign = await answerOf(house.stranger(), theirs.key, mine.pass);
  expect(await refused(answer(house.stranger(), mine.pass, "passkey", foreign))).toBe("passkey.wrong");
});

test("a passkey that was removed answers nothing", async () => {
  const { key, pass, person } = await knock();
  const given = await answerOf(house.stranger(), key, pass);
  await house.db.factor.deleteMany({ where: { id: key.factorId } });
  expect(await refused(answer(house.stranger(), pass, "passkey", given))).toBe("passkey.wrong");
  expect(await listFactors(house.ctx, { userId: person.userId, deviceId: null })).toEqual([]);
});

test.each([
  [0, 0, false],
  [0, 1, false],
  [4, 5, false],
  [5, 5, true],
  [5, 4, true],
  [5, 0, true],
])("a counter that stood at %i and says %i is behind: %j", (last, now, behind) =>
  expect(isCounterBehind(last, now)).toBe(behind),
);

test("a key that cannot be copied and counts backwards is refused, and its owner is told; one that may be is taken, and they are told too", async () => {
  for (const isSynced of [false, true]) {
    const person = await makePerson(house.ctx);
    const key = await withPasskey(house.ctx, person, { isSynced });
    const give = async (counter: number) => {
      const pass = await atSecondDoor(house.stranger(), person.userId);
      return answer(house.stranger(), pass, "passkey", await answerOf(house.stranger(), key, pass, { counter }));
    };
    await give(9);
    if (isSynced) await give(9);
    else expect(await refused(give(9))).toBe("passkey.wrong");
    expect(await eventNames(house.ctx, person.userId)).toContain("passkey.counter_behind");
    await give(10);
  }
});

async function begun(person: TestPerson) {
  const { actor } = await openSessionFor(house.ctx, person);
  const binder = binderOf(actor);
  await beginEnrolment(house.ctx, { binder, kind: "passkey", replacesId: null, given: {} });
  const options = optionsIn(await readPendingPrepared(house.ctx, binder, "passkey"));
  const confirm = (credential: string) =>
    confirmEnrolment(house.ctx, { actor, kind: "passkey", answer: { credential }, label: "", defaultLabel: "Passkey" });
  return { options, confirm };
}

test.each<readonly [string, Manners]>([
  ["of another origin", { origin: "https://evil.example" }],
  ["for another relying party", { rpId: "example.test" }],
  ["to another challenge", { challenge: "b3RoZXI" }],
  ["that was made for a login", { type: "webauthn.get" }],
  ["from a frame in somebody else's page", { crossOrigin: true }],
  ["with nobody there", { present: false }],
  ["under another id than its own", { id: "b3RoZXI" }],
  ["of an algorithm that we do not take", { algorithm: -65535 }],
])("a new passkey %s is not bound", async (_, manners) => {
  const person = await makePerson(house.ctx);
  const { options, confirm } = await begun(person);
  expect(await refused(confirm(softwareKey().create(options, origin(), manners)))).toBe("passkey.wrong");
  expect(await house.db.factor.count({ where: { userId: person.userId, state: "ACTIVE" } })).toBe(0);
});

test.each([
  ["none", null],
  ["packed", null],
  ["fido-u2f", "attestation"],
  ["android-key", "library"],
  ["of our own making", "library"],
])("with an attestation of the format %j a new passkey is bound, or refused for this: %j", async (attestation, why) => {
  const person = await makePerson(house.ctx);
  const { options, confirm } = await begun(person);
  const confirmed = confirm(softwareKey().create(options, origin(), { attestation }));
  if (why === null) await confirmed;
  else expect(await refused(confirmed)).toBe("passkey.wrong");
  const lines = house.logged().filter((line) => line.includes('"passkey.refused"'));
  expect(lines.map((line) => JSON.parse(line).why)).toEqual(why === null ? [] : [why]);
  const where = { userId: person.userId, state: "ACTIVE" };
  expect(await house.db.factor.count({ where })).toBe(why === null ? 1 : 0);
});

test.each<readonly [string, unknown, readonly string[]]>([
  ["words that nobody knows", ["usb", "telepathy", "nfc", ""], ["usb", "nfc"]],
  ["seventeen words", Array.from({ length: 17 }, () => "usb"), []],
  ["something else than words", ["usb", 7], []],
  ["no list", "usb", []],
  ["nothing", undefined, []],
])("a new passkey that says %s of how it is reached is bound: these are hints", async (_, transports, kept) => {
  const { options, confirm } = await begun(await makePerson(house.ctx));
  const made = JSON.parse(softwareKey().create(options, origin()));
  const { factorId: id } = await confirm(JSON.stringify({ ...made, response: { ...made.response, transports } }));
  expect((await house.db.factor.findUniqueOrThrow({ where: { id } })).data).toMatchObject({ transports: kept });
});

test("an answer that is none is told so and binds nothing: 64 kB of attestation, no attestation, one that is no base64", async () => {
  const { options, confirm } = await begun(await makePerson(house.ctx));
  const made = softwareKey().create(options, origin());
  const { response, ...frame } = JSON.parse(made);
  for (const attestationObject of ["A".repeat(65_536), "", undefined, "+/==", 7])
    expect(await refused(confirm(JSON.stringify({ ...frame, response: { ...response, attestationObject } })))).toBe(
      "passkey.malformed",
    );
  await confirm(made);
});

test("making it was its first use, as with every other kind: it is what the next login asks for first", async () => {
  const person = await makePerson(house.ctx);
  const { options, confirm } = await begun(person);
  const { factorId: id } = await confirm(softwareKey().create(options, origin()));
  const factor = await house.db.factor.findUnique({ where: { id } });
  expect(factor?.lastUsedAt).toEqual(factor?.confirmedAt);
});

test("the options name nobody but by what is public, and what is bound already is not bound again", async () => {
  const person = await makePerson(house.ctx);
  const key = await withPasskey(house.ctx, person);
  const { options, confirm } = await begun(person);
  expect(JSON.parse(options)).toMatchObject({
    rp: { id: "localhost" },
    user: { name: person.email },
    attestation: "none",
    excludeCredentials: [{ id: key.id }],
    pubKeyCredParams: [{ alg: -8 }, { alg: -7 }, { alg: -257 }],
  });
  expect(Buffer.from(JSON.parse(options).user.id, "base64url")).toHaveLength(32);
  expect(await refused(confirm(softwareKey({ id: key.id }).create(options, origin())))).toBe("passkey.yours_already");
});

test("two people with the same credential: the second is refused, also in the same moment", async () => {
  const [one, other] = [await makePerson(house.ctx), await makePerson(house.ctx)];
  const begins = [await begun(one), await begun(other)];
  const key = softwareKey();
  const outcomes = await Promise.allSettled(
    begins.map(({ options, confirm }) => confirm(key.create(options, origin()))),
  );
  const refusals = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [String(outcome.reason)] : []));
  expect(refusals).toEqual([expect.stringContaining("passkey.not_new")]);
  const third = await begun(await makePerson(house.ctx));
  expect(await refused(third.confirm(key.create(third.options, origin())))).toBe("passkey.not_new");
});

test("passkeys of two former names answer while the portal names both, and none of them once it names neither", async () => {
  const person = await makePerson(house.ctx);
  const names = ["one.test", "two.test"] as const;
  const bound = (rpId: string) => withPasskey(house.ctx, person, { rpId });
  const keys = [
    { rpId: names[0], key: await bound(names[0]) },
    { rpId: names[1], key: await bound(names[1]) },
  ];
  const bothDoors = async (sentence: string | null) => {
    for (const { rpId, key } of keys) {
      house.clock.move(minutes(1));
      const pass = await atSecondDoor(house.stranger(), person.userId);
      const doors = [
        () => signInWith(house.stranger(), key, { manners: { rpId } }),
        async () => answer(house.stranger(), pass, "passkey", await answerOf(house.stranger(), key, pass, { rpId })),
      ];
      for (const door of doors)
        expect(sentence === null ? (await door()).userId : await refused(door())).toBe(sentence ?? person.userId);
    }
  };
  const asksFor = async () =>
    JSON.parse(optionsIn(await readPrepared(house.ctx, await atSecondDoor(house.ctx, person.userId), "passkey"))).rpId;
  setSettings({ ...passkeySettings, RELATED_ORIGINS: names.join() });
  await bothDoors(null);
  expect(await asksFor(), "the one that was used last").toBe("two.test");
  setSettings({ ...passkeySettings, RELATED_ORIGINS: "one.test" });
  expect(await asksFor(), "the only one of both that can be asked for").toBe("one.test");
  setSettings({ ...passkeySettings, RELATED_ORIGINS: "" });
  await bothDoors("passkey.wrong");
  setSettings(passkeySettings);
});

test("a factor's marks say whether it is synced, and whether it belongs to a name of before a move, or to one that was given up", async () => {
  setSettings({ ...passkeySettings, RELATED_ORIGINS: "former.test" });
  const person = await makePerson(house.ctx);
  for (const made of [{}, { isSynced: true }, { rpId: "former.test" }, { rpId: "given-up.test" }]) {
    await withPasskey(house.ctx, person, made);
    house.clock.move(minutes(1)); // they are listed in the order in which they were bound
  }
  const marks = (await listFactors(house.ctx, { userId: person.userId, deviceId: null })).map((one) =>
    one.marks.map(({ label }) => label),
  );
  setSettings(passkeySettings);
  expect(marks).toEqual([
    ["passkey.bound_label"],
    ["passkey.synced_label"],
    ["passkey.bound_label", "passkey.former_label"],
    ["passkey.bound_label", "passkey.given_up_label"],
  ]);
});
