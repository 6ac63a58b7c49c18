import { expect, test } from "vitest";
import { bothDoorsOffered } from "@/lib/account/both-doors";
import { readOverview } from "@/lib/account/read-overview";
import { passkeySettings, withPasskey } from "@/lib/testing/passkeys";
import { openHouse } from "@/lib/testing/story";
import { makePerson, openSessionFor, withRecoveryCodes } from "@/lib/testing/test-context";

const house = openHouse({ ...passkeySettings, RELATED_ORIGINS: "old.test" });

/** What is offered to somebody with recovery codes and passkeys of these names. */
async function offeredWith(...names: readonly string[]) {
  const person = await makePerson(house.ctx);
  await withRecoveryCodes(house.ctx, person);
  for (const rpId of names) await withPasskey(house.ctx, person, { rpId, label: rpId });
  const { session } = await openSessionFor(house.ctx, person);
  return bothDoorsOffered(await readOverview(house.ctx, { ...session, userId: person.userId }));
}

const first = { kind: "passkey", text: "security.both_doors_text" };
const moved = { kind: "passkey", text: "security.both_doors_moved" };

test.each([
  ["whoever has none is offered one", [], first],
  ["whoever has one of a former name alone is asked to make one of today's", ["old.test"], moved],
  ["whoever has one of today's name beside it is asked nothing", ["old.test", "localhost"], null],
  ["one of a name that was given up is as good as none", ["given-up.test"], first],
] as const)("%s", async (_, names, offered) => expect(await offeredWith(...names)).toEqual(offered));
