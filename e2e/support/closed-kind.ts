import type { House, Resident } from "@/e2e/support/house";

/** As if a kind of somebody's had been given `wrong` wrong codes: 90 close it to strangers, 100 to everybody. */
export async function closeKind(house: House, { userId }: Pick<Resident, "userId">, kind: string, wrong: 90 | 100) {
  await house.sql(
    "INSERT INTO buckets (key, fails, orphans, window_start, updated_at) VALUES ($1, 0, $2, now(), now())",
    [`factor.${kind}:${userId}`, wrong],
  );
}
