import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { beginProof } from "@/lib/account/contacts/begin-proof";
import { confirmProof } from "@/lib/account/contacts/confirm-proof";
import { insider, someMailbox } from "@/lib/account/contacts/contacts.kit";
import { addNoticeAddress } from "@/lib/account/contacts/notice-address";
import type { Pass } from "@/lib/challenge/challenge";
import { claimLogin } from "@/lib/challenge/claim-login";
import { openChallenge } from "@/lib/challenge/open-challenge";
import { prepareAnswer } from "@/lib/challenge/prepare-answer";
import { inTransaction } from "@/lib/context/context";
import { ensure } from "@/lib/kernel/assert";
import { later, minutes } from "@/lib/kernel/duration";
import { findRegistration, newRegistrationLink } from "@/lib/links/registration-link";
import { listToldAddresses } from "@/lib/notices/told-addresses";
import { askForChange } from "@/lib/pending/ask-for-change";
import { doDue } from "@/lib/pending/do-due";
import { ofReset } from "@/lib/resets/open-reset";
import { answerResetByApp } from "@/lib/resets/reset-by-app";
import { nameOf, sealedColumns } from "@/lib/rotation/sealed-columns";
import { dueNow } from "@/lib/testing/due-now";
import { lastCode, sendingSettings } from "@/lib/testing/letters";
import { answerOf, signInWith, withPasskey } from "@/lib/testing/passkeys";
import { answer } from "@/lib/testing/second-door";
import { aloud, atSecondDoor, eventNames, knock, openHouse, refused } from "@/lib/testing/story";
import { makePerson, withAddress, withRecoveryCodes, withTotp } from "@/lib/testing/test-context";
import { protectPassword } from "@/lib/users/check-password";

const house = openHouse({ ...sendingSettings, SECOND_FACTOR_KINDS: "passkey,totp,sms,email" });
const stranger = () => aloud(house.stranger());
const now = () => house.clock.now();

/** Somebody with a sealed value: where it stands, and what they do that asks for it. Gives the id of a refusal, or "in". */
type Somebody = { readonly userId: string | null; readonly id: string; readonly does: () => Promise<string> };

type Scene = {
  readonly column: string;
  readonly make: () => Promise<Somebody>;
  /** What somebody reads whose value does not open. */
  readonly says: string;
  /** Nobody is woken: an event and a letter tell it. */
  readonly isQuiet?: boolean;
};

const isIn = async (doing: Promise<unknown>): Promise<string> =>
  doing.then(
    () => "in",
    () => refused(doing),
  );

/** Over the second door, and with it a session. */
async function through(pass: Pass, answered: Promise<unknown>): Promise<string> {
  const said = await isIn(answered);
  if (said === "in") expect(await claimLogin(house.stranger(), pass)).not.toBeNull();
  return said;
}

const scenes: Readonly<Record<string, Scene>> = {
  "a password": { column: "users.password_hash", make: withPassword, says: "login.wrong" },
  "a password that an alarm has closed": {
    column: "users.closed_password",
    make: withClosedPassword,
    says: "login.wrong",
  },
  "an app's secret": {
    column: "factors.secret",
    says: "totp.wrong_code",
    make: async () => {
      const { userId, ...person } = await makePerson(house.ctx);
      const app = await withTotp(house.ctx, { ...person, userId });
      const does = async () => {
        const pass = await atSecondDoor(house.stranger(), userId);
        return through(pass, answer(stranger(), pass, "totp", app.codeAt(now())));
      };
      return { userId, id: app.factorId, does };
    },
  },
  "a passkey's key, behind the password": {
    column: "factors.secret",
    says: "passkey.wrong",
    make: async () => {
      const { userId } = await makePerson(house.ctx);
      const key = await withPasskey(house.ctx, { userId });
      const does = async () => {
        const pass = await atSecondDoor(house.stranger(), userId);
        const { credential } = await answerOf(house.ctx, key, pass);
        return through(pass, answer(stranger(), pass, "passkey", credential));
      };
      return { userId, id: key.factorId, does };
    },
  },
  "a passkey's key, at the first door": {
    column: "factors.secret",
    says: "passkey.wrong",
    make: async () => {
      const { userId } = await makePerson(house.ctx);
      const key = await withPasskey(house.ctx, { userId });
      return { userId, id: key.factorId, does: () => isIn(signInWith(stranger(), key)) };
    },
  },
  "a number, where a code is to be sent": {
    column: "factors.secret",
    says: "post.nothing_sent",
    make: async () => {
      const { userId, id } = await withNumber();
      const does = async () => isIn(sent(await atSecondDoor(house.stranger(), userId)));
      return { userId, id, does };
    },
  },
  "a number, after its code was sent": {
    column: "factors.secret",
    says: "sms.wrong_code",
    make: async () => {
      const { userId, id } = await withNumber();
      const pass = await atSecondDoor(house.stranger(), userId);
      await sent(pass);
      const code = await lastCode(house.ctx, userId);
      return { userId, id, does: () => through(pass, answer(stranger(), pass, "sms", code)) };
    },
  },
  "a recovery code": { column: "recovery_codes.hash", make: withCode, says: "recovery.wrong_code" },
  "a new password behind an app's reset": {
    column: "challenges.new_password",
    make: withNewPassword,
    says: "challenge.expired",
  },
  "a change that waits": {
    column: "pending_changes.data",
    make: withChange,
    says: "pending.unreadable",
    isQuiet: true,
  },
  "an address that is told": { column: "notice_addresses.address", make: withFurther, says: "not told" },
  "an address that is to be proven": {
    column: "contact_proofs.address",
    make: withProof,
    says: "contacts.wrong_code",
  },
  "the address of a registration": { column: "one_time_links.address", make: withLink, says: "no link" },
};

async function withPassword(): Promise<Somebody> {
  const person = await makePerson(house.ctx);
  return { userId: person.userId, id: person.userId, does: () => isIn(knock(stranger(), person)) };
}

async function withClosedPassword(): Promise<Somebody> {
  const person = await makePerson(house.ctx);
  const { userId } = person;
  await withTotp(house.ctx, person);
  await withRecoveryCodes(house.ctx, person);
  const { passwordHash: closedPassword } = await house.db.user.findUniqueOrThrow({ where: { id: userId } });
  const passwordClosedAt = later(now(), minutes(1));
  await house.db.user.update({ where: { id: userId }, data: { passwordHash: null, closedPassword, passwordClosedAt } });
  return { userId, id: userId, does: () => isIn(knock(stranger(), person)) };
}

let numbers = 0;

async function withNumber() {
  numbers += 1;
  const person = await makePerson(house.ctx);
  const id = await withAddress(house.ctx, person, "sms", `+1202555${String(1_000 + numbers)}`);
  return { userId: person.userId, id };
}

const sent = (pass: Pass) => prepareAnswer(stranger(), { pass, kind: "sms", factorId: null, sessionId: null });

async function withCode(): Promise<Somebody> {
  const person = await makePerson(house.ctx);
  const { userId } = person;
  await withTotp(house.ctx, person);
  const [code = ""] = await withRecoveryCodes(house.ctx, person);
  const { id } = await house.db.recoveryCode.findFirstOrThrow({ where: { userId }, orderBy: { position: "asc" } });
  const does = async () => {
    const pass = await atSecondDoor(house.stranger(), userId);
    return through(pass, answer(stranger(), pass, "recovery", code));
  };
  return { userId, id, does };
}

async function withNewPassword(): Promise<Somebody> {
  const person = await makePerson(house.ctx);
  const { userId } = person;
  const app = await withTotp(house.ctx, person);
  const { credentialVersion } = await house.db.user.findUniqueOrThrow({ where: { id: userId } });
  const newPassword = await protectPassword(userId, "nine slow ferries to nowhere");
  const pass = await inTransaction(house.ctx, async (tx) => {
    await tx.db.user.update({ where: { id: userId }, data: { nickname: null } }); // a transaction starts with a write
    return openChallenge(tx, { ...ofReset, userId, credentialVersion, deviceId: null, state: "OPEN", newPassword });
  });
  const asked = () => answerResetByApp(stranger(), { pass, kind: "totp", answer: { code: app.codeAt(now()) } });
  return { userId, id: pass.challengeId, does: () => isIn(asked()) };
}

async function withChange(): Promise<Somebody> {
  const { person, actor } = await insider(house.ctx);
  const { userId } = person;
  await askForChange(house.ctx, actor, "email.change", { email: someMailbox(house.ctx) });
  const id = await dueNow(house.ctx, userId);
  const does = async () => {
    await doDue(aloud(house.ctx), { mayDecide: () => true, onFault: (fault) => expect(fault).toBeNull() });
    const { state, why } = await house.db.pendingChange.findUniqueOrThrow({ where: { id } });
    if (state === "REFUSED") expect(await eventNames(house.ctx, userId)).toContain("pending.refused");
    return state === "DONE" ? "in" : `${why}`;
  };
  return { userId, id, does };
}

async function withFurther(): Promise<Somebody> {
  const { person, actor } = await insider(house.ctx);
  const { userId } = person;
  const address = someMailbox(house.ctx);
  await inTransaction(house.ctx, (tx) => addNoticeAddress(tx, { actor, address }));
  const { id } = await house.db.noticeAddress.findFirstOrThrow({ where: { userId } });
  const does = async () => {
    const told = await listToldAddresses(stranger(), userId);
    return told.some(({ to }) => to === address) ? "in" : "not told";
  };
  return { userId, id, does };
}

async function withProof(): Promise<Somebody> {
  const { person, actor } = await insider(house.ctx);
  const { userId } = person;
  await beginProof(house.ctx, { actor, purpose: "further", typed: someMailbox(house.ctx) });
  const code = await lastCode(house.ctx, userId);
  const { id } = await house.db.contactProof.findFirstOrThrow({ where: { userId } });
  const does = () => isIn(confirmProof(stranger(), { actor, purpose: "further", code }));
  return { userId, id, does };
}

async function withLink(): Promise<Somebody> {
  const email = someMailbox(house.ctx);
  const known = await house.db.oneTimeLink.findMany();
  const token = (await newRegistrationLink(house.ctx, email)).split("/").at(-1);
  const { id } = await house.db.oneTimeLink.findFirstOrThrow({ where: { id: { notIn: known.map((one) => one.id) } } });
  const does = async () => ((await findRegistration(stranger(), token))?.email === email ? "in" : "no link");
  return { userId: null, id, does };
}

/** One bit of what is sealed, not of how it is written. */
function bitTurned(sealed: string): string {
  const [version = "", key = "", nonce = "", body = "", tag = ""] = sealed.split(".");
  const bytes = Buffer.from(body, "base64url");
  bytes.writeUInt8(bytes.readUInt8(0) ^ 1, 0);
  return [version, key, nonce, bytes.toString("base64url"), tag].join(".");
}

/** A sealed value as its row has it; `to`: another one in its place. */
async function sealedIn(column: string, id: string, to: string | null = null): Promise<string> {
  const [table, name] = column.split(".");
  const [row] = await house.db.$queryRawUnsafe<{ sealed: string }[]>(
    `UPDATE ${table} SET ${name} = COALESCE($2, ${name}) WHERE id = $1 RETURNING ${name} AS sealed`,
    id,
    to,
  );
  ensure(row, `${column} has a row ${id}`);
  return row.sealed;
}

const alarms = () =>
  house
    .logged()
    .map((line) => JSON.parse(line))
    .filter(({ level }) => level === "alarm");

/** What an operator is told of a value that does not open. */
const alarmOf = (column: string, { id }: Somebody) =>
  column === "factors.secret"
    ? { event: "factor.unreadable", factor: id }
    : { event: "value.unreadable", column, row: id };

test.each(Object.entries(scenes))(
  "%s that stands in another row, or with one bit turned, opens nothing, wakes the operator once, and hurts nobody else",
  async (_, { column, make, says, isQuiet = false }) => {
    const ada = await make();
    const others = await sealedIn(column, ada.id);
    const shut: Somebody[] = [];
    for (const damage of [() => others, bitTurned]) {
      const eve = await make();
      await sealedIn(column, eve.id, damage(await sealedIn(column, eve.id)));
      const sessions = () => house.db.session.count({ where: { userId: eve.userId ?? "" } });
      const before = await sessions();
      expect([await eve.does(), await eve.does()]).toEqual([says, says]);
      expect(await sessions()).toBe(before);
      shut.push(eve);
    }
    expect(await ada.does()).toBe("in");
    expect(alarms()).toMatchObject(isQuiet ? [] : shut.map((one) => alarmOf(column, one)));
  },
);

/** What is sealed for no person, or told otherwise, and where that is held. */
const elsewhere = {
  "letters.destination": "lib/letters/carry-letter.test.ts",
  "letters.content": "lib/letters/carry-letter.test.ts",
  "password_keys.secret": "lib/api/password-key.test.ts",
  "index_keys.sealed": "lib/crypto/index-keys.test.ts",
};

test("each sealed column was thought of", () => {
  const known = [...Object.values(scenes).map(({ column }) => column), ...Object.keys(elsewhere)];
  expect([...new Set(known)].sort()).toEqual(sealedColumns.map(nameOf).sort());
  for (const file of Object.values(elsewhere)) expect(existsSync(file), file).toBe(true);
});
