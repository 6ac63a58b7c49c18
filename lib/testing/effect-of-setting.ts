import { isDeepStrictEqual } from "node:util";
import * as z from "zod";

/** How a configuration is read in which the key has this value; absent: it is not set. Null: it is refused. */
type Reads = (value: string | undefined) => unknown;

/**
 * Does this value of a key arrive in the configuration? It does where some place holds what the key's own type makes of it, and holds something else as soon as the key is not set or has another value. What is read
 * and handed on to nobody is found by this, and so is a key that is built into something else, which then needs a line of its own.
 */
export function arrives(type: z.ZodType, value: string, reads: Reads): boolean {
  const read = type.parse(value);
  const places = leavesOf(reads(value)).filter(([, held]) => isDeepStrictEqual(held, read));
  const others = [undefined, ...othersOf(type, value)].map((other) => reads(other)).filter((config) => config !== null);
  return places.some(([path]) =>
    others.some((config) => !leavesOf(config).some(([at, held]) => at === path && isDeepStrictEqual(held, read))),
  );
}

/** Values that the key might have instead. */
function othersOf(type: z.ZodType, value: string): string[] {
  const inner = type instanceof z.ZodDefault ? type.unwrap() : type;
  const words = inner instanceof z.ZodEnum ? inner.options.map(String) : [];
  const numbers = /^\d{1,9}$/.test(value) ? [String(Number(value) + 1), String(Number(value) - 1)] : [];
  return [...words, "true", "false", ...numbers].filter((other) => other !== value);
}

/** Every place of a configuration with what it holds, lists and secrets whole. */
function leavesOf(value: unknown, path = ""): (readonly [string, unknown])[] {
  if (typeof value !== "object" || value === null) return [[path, value]];
  if ("reveal" in value && typeof value.reveal === "function") return [[path, value.reveal()]];
  const inside = Object.entries(value).flatMap(([name, part]) => leavesOf(part, `${path}.${name}`));
  return [[path, value], ...inside];
}
