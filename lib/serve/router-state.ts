import type { IncomingHttpHeaders } from "node:http";
import * as z from "zod";

/** A piece of the path, or a piece with a value in it: its name, its value, its kind, its neighbours. */
const segment = z.union([
  z.string(),
  z.tuple([
    z.string(),
    z.string(),
    z.string().regex(/^(?:c|oc|d|[cd]i\(\.{1,3}\)|[cd]i\(\.\.\)\(\.\.\))$/),
    z.array(z.string()).nullable(),
  ] as const),
]);

/** Where the framework's script in the page believes to be, as the framework writes it. */
const state: z.ZodType = z.tuple([
  segment,
  z.record(
    z.string(),
    z.lazy(() => state),
  ),
  z.tuple([z.string(), z.string()]).nullish(),
  z.enum(["refetch", "inside-shared-layout", "metadata-only"]).nullish(),
  z.number().nullish(),
  z.string().optional(),
]);

/** The deepest page of ours has six levels. */
const mostBrackets = 200;

/**
 * Can the framework read what its own script says of the page it is on? It takes anything else for a fault of its own (500). True also for
 * requests that say nothing of it.
 */
export function isReadableState(headers: IncomingHttpHeaders): boolean {
  const given = headers["next-router-state-tree"];
  if (given === undefined) return true;
  try {
    const text = decodeURIComponent(String(given));
    return text.split("[").length <= mostBrackets && state.safeParse(JSON.parse(text)).success;
  } catch {
    return false; // no text, or no JSON
  }
}
