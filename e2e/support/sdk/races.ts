import { type Refusal, refusalOf } from "@/e2e/support/sdk/answers";

/** What came of many calls at once: the answers of those that won, and why the others were refused. */
export type Raced<T> = { readonly won: readonly T[]; readonly refused: readonly Refusal[] };

/** Makes `count` calls at the same moment. */
export async function raced<T>(count: number, call: (nth: number) => Promise<T>): Promise<Raced<T>> {
  const calls = Array.from({ length: count }, (_, nth) => call(nth));
  const outcomes = await Promise.allSettled(calls);
  const refused: Refusal[] = [];
  for (const [nth, { status }] of outcomes.entries())
    if (status === "rejected") refused.push(await refusalOf(calls[nth] ?? Promise.reject()));
  return { won: outcomes.flatMap((one) => (one.status === "fulfilled" ? [one.value] : [])), refused };
}
