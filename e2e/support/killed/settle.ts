import { type House, moveIn } from "@/e2e/support/house";
import type { Person } from "@/e2e/support/killed/life";
import { deeds, type Owner } from "@/e2e/support/killed/owner";
import { numberIn } from "@/lib/testing/numbers";

/** So many people with an authenticator app and a phone, four at once; `codes`: with recovery codes too. */
export async function settle(house: House, count: number, { codes = false, from = 0 } = {}): Promise<Person[]> {
  const people: Person[] = [];
  const one = async (nth: number) => {
    const phone = numberIn(from + nth, from + nth);
    people.push({ ...(await moveIn(house, { apps: 1, phones: [phone], codes })), phone });
  };
  for (let nth = 0; nth < count; nth += 4)
    await Promise.all(Array.from({ length: Math.min(4, count - nth) }, (_, at) => one(nth + at)));
  return people;
}

/** So many who do something once, each of the deeds in its turn; `from`: the numbers before are other people's. */
export async function settleOwners(house: House, count: number, from: number): Promise<Owner[]> {
  const people = await settle(house, count, { codes: true, from });
  return people.map((person, nth) => ({ person, deed: deeds[nth % deeds.length] ?? "bind" }));
}
