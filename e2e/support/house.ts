import pg from "pg";
import { portalSettings } from "@/e2e/support/settings";
import type { Ctx } from "@/lib/context/context";
import { openDatabase } from "@/lib/db/client";
import { ensure } from "@/lib/kernel/assert";
import { systemClock } from "@/lib/kernel/clock";
import { invitePerson } from "@/lib/operator/invite-person";
import {
  makePerson,
  type TestPerson,
  testContext,
  withAddress,
  withRecoveryCodes,
  withTotp,
} from "@/lib/testing/test-context";
import { rememberSettings, setSettings } from "@/lib/testing/test-settings";

/** The house behind the stories' portal: its people are made and its hours are moved in the database. */
export type House = {
  readonly url: string;
  readonly dataDir: string;
  readonly ctx: Ctx;
  /** One statement; its rows. Times are moved with it, so that no story sleeps. */
  readonly sql: (text: string, values?: readonly unknown[]) => Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
};

type Place = { readonly url: string; readonly databaseUrl: string; readonly dataDir: string };

/** Opens the house of a portal that runs somewhere. `changes`: what that one was told beside the usual; once it is closed, stories are told what they were before. */
export function openHouse({ url, databaseUrl, dataDir }: Place, changes: Readonly<Record<string, string>> = {}): House {
  const putBack = rememberSettings();
  setSettings({ ...portalSettings, ...changes, APP_URL: url, DATABASE_URL: databaseUrl });
  const db = openDatabase(databaseUrl, 4);
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  const ctx = testContext({ db, clock: systemClock, agent: "Stories" });
  const sql = async (text: string, values: readonly unknown[] = []) => (await pool.query(text, [...values])).rows;
  const close = async () => {
    await pool.end();
    await db.$disconnect();
    putBack();
  };
  return { url, dataDir, ctx, sql, close };
}

/** The house of the run's own portal. */
export function commonHouse(): House {
  const { E2E_PORTAL_URL: url, E2E_DATABASE_URL: databaseUrl, E2E_DATA_DIR: dataDir } = process.env;
  ensure(url && databaseUrl && dataDir, "the global setup has started a portal");
  return openHouse({ url, databaseUrl, dataDir });
}

/** `phones` and `mails`: the numbers and addresses that are bound. */
export type Wishes = Partial<Omit<TestPerson, "userId">> & {
  readonly apps?: number;
  readonly codes?: boolean;
  readonly phones?: readonly string[];
  readonly mails?: readonly string[];
};

/** Somebody with an account. `secrets` of their apps in order; `factorIds`: apps, phones, mails; `codes` as they were shown. */
export type Resident = TestPerson & {
  readonly secrets: readonly string[];
  readonly factorIds: readonly string[];
  readonly codes: readonly string[];
};

/** Makes a person through the portal's own rooms: by default without a factor and without codes. */
export async function moveIn(house: House, wishes: Wishes = {}): Promise<Resident> {
  const { apps = 0, codes = false, phones = [], mails = [], ...person } = wishes;
  const made = await makePerson(house.ctx, person);
  const bound = [];
  const addresses = [];
  for (let place = 1; place <= apps; place += 1) bound.push(await withTotp(house.ctx, made, `Phone ${place}`));
  for (const number of phones) addresses.push(await withAddress(house.ctx, made, "sms", number));
  for (const address of mails) addresses.push(await withAddress(house.ctx, made, "email", address));
  return {
    ...made,
    secrets: bound.map(({ secret }) => secret),
    factorIds: [...bound.map(({ factorId }) => factorId), ...addresses],
    codes: codes ? await withRecoveryCodes(house.ctx, made) : [],
  };
}

/** The secret of somebody's first app. */
export function secretOf(person: Resident): string {
  const [secret] = person.secrets;
  ensure(secret, "this person has an authenticator app");
  return secret;
}

/** Lets the codes of now be used again, as if half a minute had passed since the last one. */
export async function letCodesBeFresh(house: House, person: Resident): Promise<void> {
  await house.sql("UPDATE factors SET last_step = last_step - 10 WHERE user_id = $1", [person.userId]);
}

/** Invites somebody by the portal's own room. `link` is what the operator would hand to them. */
export async function invite(
  house: House,
): Promise<{ readonly email: string; readonly userId: string; readonly link: string }> {
  const email = `${house.ctx.random.bytes(6).toString("hex")}@example.test`;
  const { userId, link } = await invitePerson(house.ctx, { email, username: null, isAdmin: false, by: "stories" });
  return { email, userId, link: `${house.url}${new URL(link).pathname}` };
}
