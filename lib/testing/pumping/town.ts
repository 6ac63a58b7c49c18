import type { Pass } from "@/lib/challenge/challenge";
import { startLogin } from "@/lib/challenge/start-login";
import type { Ctx } from "@/lib/context/context";
import type { Db } from "@/lib/db/client";
import { ensure } from "@/lib/kernel/assert";
import { fixedClock } from "@/lib/kernel/clock";
import { numberIn } from "@/lib/testing/numbers";
import { makePerson, openSessionFor, type TestPerson, testContext, withAddress } from "@/lib/testing/test-context";
import { findAccount } from "@/lib/users/store";

/** What a request was about, for the letter that it may have caused: who asked, in which login, for a bound number or a claimed one. */
export type Asked = { readonly ip: string; readonly step: string; readonly isBound: boolean };

/** Somebody with a bound number. */
export type Owner = { readonly person: TestPerson; readonly number: string };

/** A house under attack. The `diary` holds what was asked, by its instant: every request has one of its own. */
export type Town = {
  readonly db: Db;
  readonly begins: Date;
  readonly diary: Map<number, Asked>;
  /** Accounts that must bind a factor and have none; the attackers know their passwords. */
  readonly accounts: readonly string[];
  /** Owners of numbers whose passwords the attackers know too; those of the others they learn in the evening. */
  readonly victims: readonly Owner[];
  readonly lateVictims: readonly Owner[];
  /** Nobody knows their passwords. The first logs in on a new device, the second's number is claimed by the attackers all day. */
  readonly newcomer: Owner;
  readonly claimed: Owner;
  /** Her password is known too, and this is the device where she has passed both doors before. */
  readonly known: Owner & { readonly deviceToken: string };
};

/** With twenty victims of ten codes each, something of the narrow house's half for owners is left until the evening. */
const [accountCount, victimCount, lateCount] = [300, 20, 10];

/** Builds the town at `begins`. */
export async function buildTown(db: Db, begins: Date): Promise<Town> {
  const ctx = testContext({ db, clock: fixedClock(begins) });
  const accounts = Array.from({ length: accountCount }, () => ctx.random.id());
  await db.user.createMany({
    data: accounts.map((id) => ({
      id,
      email: `${id.toLowerCase()}@example.test`,
      isAdmin: false,
      policy: { demand: "on" },
      createdAt: begins,
    })),
  });
  const owners: Owner[] = [];
  for (let block = 0; block < victimCount + lateCount; block += 1) owners.push(await owner(ctx, numberIn(500 + block)));
  const known = await owner(ctx, numberIn(602));
  const { deviceToken } = await openSessionFor(ctx, known.person);
  ensure(deviceToken, "she passed both doors");
  return {
    db,
    begins,
    diary: new Map(),
    accounts,
    victims: owners.slice(0, victimCount),
    lateVictims: owners.slice(victimCount),
    newcomer: await owner(ctx, numberIn(600)),
    claimed: await owner(ctx, hotNumber(0)),
    known: { ...known, deviceToken },
  };
}

/** Numbers that everybody claims; the first one is bound. */
export const hotNumber = (place: number): string => numberIn(50 + place, place);

async function owner(ctx: Ctx, number: string): Promise<Owner> {
  const person = await makePerson(ctx);
  await withAddress(ctx, person, "sms", number);
  return { person, number };
}

/** Somebody at an address, at an instant that no other request has. */
export const visitorAt = ({ db }: Town, at: Date, ip: string): Ctx => testContext({ db, clock: fixedClock(at), ip });

/** The first door is passed; on a known device, if one is given. */
export async function knockAs(ctx: Ctx, userId: string, deviceId: string | null = null): Promise<Pass> {
  const account = await findAccount(ctx, userId);
  ensure(account, "the account is there");
  return (await startLogin(ctx, { account, amr: ["pwd"], deviceId, returnTo: "/security" })).pass;
}

/** Notes what is asked now, before it is asked. */
export function note({ diary }: Town, ctx: Ctx, pass: Pass, isBound: boolean): void {
  ensure(!diary.has(ctx.now.getTime()), "every request has an instant of its own");
  diary.set(ctx.now.getTime(), { ip: ctx.visitor.ip, step: pass.challengeId, isBound });
}
