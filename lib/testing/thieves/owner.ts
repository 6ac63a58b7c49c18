import type { Ctx } from "@/lib/context/context";
import { contactHandle, sealContact } from "@/lib/crypto/contact-address";
import { sha256 } from "@/lib/crypto/digest";
import { ensure } from "@/lib/kernel/assert";
import { days, minutes } from "@/lib/kernel/duration";
import { insertPresentAddress } from "@/lib/notices/addresses/store";
import { type Actor, actorOf } from "@/lib/sessions/acting-session";
import { findLiveSession } from "@/lib/sessions/store";
import { lettersOf } from "@/lib/testing/letters";
import { giveSavedCodes } from "@/lib/testing/move-in";
import { numberIn } from "@/lib/testing/numbers";
import { withPasskey } from "@/lib/testing/passkeys";
import type { SoftwareKey } from "@/lib/testing/software-key";
import type { House } from "@/lib/testing/story";
import { makePerson, type TestApp, type TestPerson, withTotp } from "@/lib/testing/test-context";
import { enterIn, type Jar } from "@/lib/testing/trusted-browser";
import { withAddress } from "@/lib/testing/with-address";
import { replacePhone } from "@/lib/users/store";

/** Somebody who has lived here for a week, on one laptop, with an app, perhaps passkeys, a number, another one to log in with, a code on paper, and a further address that hears of everything. */
export type Owner = {
  readonly person: TestPerson;
  readonly app: TestApp;
  readonly number: string;
  /** The number that they log in with; a code has proven it. */
  readonly loginNumber: string;
  readonly further: string;
  /** Where they have passkeys: their own, a key without a PIN, and one that their browser made and they never used. */
  readonly keys: Readonly<Record<"own" | "bare" | "made", SoftwareKey>> | null;
  /** What the laptop's browser keeps. */
  readonly jar: Jar;
  /** The session that is open there. */
  readonly laptop: string;
};

/** Who has moved in and met no thief yet. */
const ready = new Map<House, Owner[]>();

const count = { of: 0 };

/** A number that nobody has yet. */
export function someNumber(): string {
  count.of += 1;
  return numberIn(count.of, count.of);
}

/**
 * So many owners move in at once, and live here for a week. The last proof at the laptop is more than ten minutes old, and nothing waits from before, of anybody.
 * At most as many as may hash at once.
 */
export async function moveInOwners(
  house: House,
  { many = 1, ...wishes }: Wishes & { readonly many?: number } = {},
): Promise<Owner[]> {
  const { clock, db } = house;
  ready.delete(house); // whoever moved in before has lived here too long by then
  const arrived = await Promise.all(Array.from({ length: many }, () => arrive(house, wishes)));
  clock.move(days(8));
  const logIn = async ({ person, jar }: Arrived) => (await enterIn(house.stranger(), person, { jar })).opened;
  const laptops = await Promise.all(arrived.map(logIn));
  clock.move(minutes(11));
  await db.letter.deleteMany();
  await db.pendingChange.deleteMany();
  return arrived.map((one, at) => ({ ...one, laptop: laptops[at]?.sessionToken ?? "" }));
}

type Wishes = { readonly trusts?: boolean; readonly hasKeys?: boolean };
type Arrived = Omit<Owner, "laptop">;

async function arrive(house: House, { trusts = false, hasKeys = false }: Wishes): Promise<Arrived> {
  const { ctx } = house;
  const person = await makePerson(ctx);
  const { userId } = person;
  const app = await withTotp(ctx, person);
  const [number, loginNumber, further] = [someNumber(), someNumber(), `further-${person.email}`];
  const jar: Jar = { devices: null };
  await withAddress(ctx, userId, "sms", number);
  await giveSavedCodes(ctx, userId, ["0THEPAPER0000001"]);
  await replacePhone(ctx, { userId, phone: loginNumber, isProven: true });
  await insertPresentAddress(ctx, furtherOf(ctx, userId, further));
  const keys = hasKeys ? await giveKeys(ctx, person) : null;
  await enterIn(house.stranger(), person, { jar, trusts });
  return { person, app, number, loginNumber, further, keys, jar };
}

async function giveKeys(ctx: Ctx, person: TestPerson) {
  const own = await withPasskey(ctx, person);
  const bare = await withPasskey(ctx, person, { label: "Key", verifies: false, uvAtBinding: false });
  return { own, bare, made: await withPasskey(ctx, person, { label: "Browser", isUnasked: true }) };
}

function furtherOf(ctx: Ctx, userId: string, address: string) {
  const id = ctx.random.id();
  const handle = contactHandle("mail", address);
  return { id, userId, channel: "mail", handle, address: sealContact({ id, userId, address }) };
}

/** One of a few who moved in together: for plays that last no longer than minutes. All who ever move in to a house so have passkeys, or none. */
export async function anOwner(house: House, wishes: Pick<Wishes, "hasKeys"> = {}): Promise<Owner> {
  const some = ready.get(house) ?? [];
  if (some.length === 0) some.push(...(await moveInOwners(house, { many: 5, ...wishes })));
  ready.set(house, some);
  const owner = some.pop();
  ensure(owner, "five have moved in");
  return owner;
}

/** Who acts in a live session. */
export async function actorBehind({ ctx }: House, token: string): Promise<Actor> {
  const session = await findLiveSession(ctx, sha256(token));
  ensure(session, "the session is live");
  return actorOf(session);
}

/** Which of the owner's own addresses a letter has gone to since none waited. Codes tell nothing. */
export async function whoIsTold({ ctx }: House, { person, number, loginNumber, further }: Owner): Promise<string> {
  const letters = (await lettersOf(ctx, person.userId)).filter(({ kind }) => !kind.startsWith("code."));
  const own = {
    "the mailbox": person.email,
    "the number": number,
    "the number to log in with": loginNumber,
    "the further address": further,
  };
  const told = Object.entries(own).filter(([, address]) => letters.some(({ to }) => to === address));
  if (told.length === Object.keys(own).length) return "every address";
  return told.map(([name]) => name).join(", ") || "nobody";
}

/** The token of the newest link to such a page in the owner's letters; null: there is none. */
export const tokenIn = (house: House, { person }: Owner, page: string): Promise<string | null> =>
  tokenOf(house, person, page);

/** The same in somebody's. */
export async function tokenOf({ ctx }: House, { userId }: TestPerson, page: string): Promise<string | null> {
  const links = (await lettersOf(ctx, userId)).flatMap(({ facts }) =>
    typeof facts === "object" && facts !== null && "link" in facts ? [String(facts.link)] : [],
  );
  return (
    links
      .filter((link) => link.includes(`/${page}/`))
      .at(-1)
      ?.split("/")
      .at(-1) ?? null
  );
}
