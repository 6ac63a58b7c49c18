import type { Inside } from "@/lib/testing/thieves/plays";

/** Thieves to whom everything comes alike, as one column: who they are, and what came of each of these deeds. */
export function alike(inside: ReadonlyMap<string, Inside["came"]>, names: readonly string[]) {
  const columns = new Map<string, { readonly who: string[]; readonly came: Inside["came"] }>();
  for (const [who, came] of inside) {
    const key = JSON.stringify(names.map((name) => came[name]));
    columns.set(key, { came, who: [...(columns.get(key)?.who ?? []), who] });
  }
  return [...columns.values()];
}
