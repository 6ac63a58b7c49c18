import { expect, test } from "vitest";
import { type DataFile, writeData } from "@/lib/account/data/write-data";
import { commandContext } from "@/lib/cli/command-context";
import { unlockPerson } from "@/lib/operator/unlock-person";
import { openHouse } from "@/lib/testing/story";
import { makePerson, openSessionFor } from "@/lib/testing/test-context";

const house = openHouse();

/** Somebody who is logged in through so many apps, and in the pages. */
async function inApps(count: number): Promise<string> {
  const person = await makePerson(house.ctx);
  const { actor } = await openSessionFor(house.ctx, person);
  await house.db.$executeRaw`
    INSERT INTO sessions (id, token_hash, user_id, challenge_id, credential_version, amr, aal, auth_time, proven_at, proven_with, client_id, ip, agent, created_at, last_seen_at, expires_at)
    SELECT left(md5(n::text || id), 22), md5(n::text || id), user_id, md5(n::text || id), credential_version, amr, aal, auth_time, proven_at, proven_with,
      'app-' || n, ip, agent, created_at, last_seen_at, expires_at FROM sessions, generate_series(1, ${count}::int) AS n WHERE id = ${actor.sessionId}`;
  return person.userId;
}

async function textOf(file: DataFile, userId: string): Promise<string> {
  let text = "";
  for await (const piece of writeData(house.ctx, file, { userId, language: "en" })) text += piece;
  return text;
}

const read = async (userId: string) => JSON.parse(await textOf("account.json", userId));

test("every app is in the file, also for somebody with more than a thousand", async () => {
  const { apps, logins } = await read(await inApps(2_500));
  expect(new Set(apps.map(({ clientId }: { readonly clientId: string }) => clientId)).size).toBe(2_500);
  expect(logins).toHaveLength(1);
});

test("what was done by command is an administrator's in the files too, and says no address; one's own says it", async () => {
  const person = await makePerson(house.ctx);
  await openSessionFor(house.ctx, person);
  const operator = commandContext(house.db, house.ctx.now);
  await unlockPerson(operator, { userId: person.userId, by: "cli" });
  const { activity } = await read(person.userId);
  const named = (name: string) => activity.find((event: { readonly name: string }) => event.name === name);
  expect(named("account.unlocked")).toMatchObject({ byAdministrator: true, ip: null, agent: null });
  const { ip, agent } = house.ctx.visitor;
  expect(named("session.opened")).toMatchObject({ byAdministrator: false, ip, agent });
  const line = (await textOf("activity.csv", person.userId))
    .split("\r\n")
    .find((one) => one.includes("account.unlocked"));
  expect(line).toContain('"account.unlocked","ok","","by an administrator"');
});
