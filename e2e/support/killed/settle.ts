import { type House, moveIn } from "@/e2e/support/house";
import type { Person } from "@/e2e/support/killed/life";
import { numberIn } from "@/lib/testing/numbers";

/** So many people with an authenticator app and a phone, four at once. */
export async function settle(house: House, count: number): Promise<Person[]> {
  const people: Person[] = [];
  const one = async (nth: number) => {
    const phone = numberIn(nth, nth);
    people.push({ ...(await moveIn(house, { apps: 1, phones: [phone] })), phone });
  };
  for (let nth = 0; nth < count; nth += 4)
    await Promise.all(Array.from({ length: Math.min(4, count - nth) }, (_, at) => one(nth + at)));
  return people;
}
