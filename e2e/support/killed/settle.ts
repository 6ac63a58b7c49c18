import { setTimeout as pause } from "node:timers/promises";
import { type House, moveIn } from "@/e2e/support/house";
import type { Person } from "@/e2e/support/killed/life";
import { deeds, type Owner } from "@/e2e/support/killed/owner";
import { isDatabaseFault } from "@/lib/db/database-fault";
import { numberIn } from "@/lib/testing/numbers";

/** How often somebody begins again to move in, a second later: on a slow machine a cluster may change its leader by itself. */
const patience = 60;

/** So many people with an authenticator app and a phone, four at once; `codes`: with recovery codes too. */
export async function moveInMany(house: House, count: number, { codes = false, from = 0 } = {}): Promise<Person[]> {
  const people: Person[] = [];
  const one = async (nth: number, tries = 1): Promise<void> => {
    const phone = numberIn(from + nth, from + nth);
    try {
      people.push({ ...(await moveIn(house, { apps: 1, phones: [phone], codes })), phone });
    } catch (fault) {
      if (!isDatabaseFault(fault) || tries === patience) throw fault;
      await pause(1_000);
      await one(nth, tries + 1);
    }
  };
  for (let nth = 0; nth < count; nth += 4)
    await Promise.all(Array.from({ length: Math.min(4, count - nth) }, (_, at) => one(nth + at)));
  return people;
}

/** So many who do something once, each of the deeds in its turn; `from`: the numbers before are other people's. */
export async function settleOwners(house: House, count: number, from: number): Promise<Owner[]> {
  const people = await moveInMany(house, count, { codes: true, from });
  return people.map((person, nth) => ({ person, deed: deeds[nth % deeds.length] ?? "bind" }));
}
