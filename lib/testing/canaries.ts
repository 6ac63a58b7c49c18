import { vi } from "vitest";
import type { Ctx } from "@/lib/context/context";
import { systemRandom } from "@/lib/kernel/random";

/** A secret, in the forms in which it could come to stand somewhere. */
function formsOf(secret: string | Buffer): string[] {
  const bytes = Buffer.from(secret);
  const text =
    typeof secret === "string" ? [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)] : [];
  return [...text, bytes.toString("base64url"), bytes.toString("base64"), bytes.toString("hex")];
}

/**
 * Birds that must not be seen in any line of the log, nor in any row (LK01): whatever chance makes from now on, but for the names of rows, and what a test adds (a typed password).
 * Every secret of the house comes from there: tokens of sessions, devices, challenges and links, codes, secrets of apps, recovery codes.
 */
export function watchSecrets() {
  const [long, codes] = [new Set<string>(), new Set<string>()];
  const add = (secret: string | Buffer) => formsOf(secret).forEach((form) => void long.add(form));
  const { token, bytes, digits } = systemRandom;
  vi.spyOn(systemRandom, "token").mockImplementation(() => noted(token(), add));
  vi.spyOn(systemRandom, "bytes").mockImplementation((count) => noted(bytes(count), (made) => count >= 8 && add(made)));
  vi.spyOn(systemRandom, "digits").mockImplementation((count) => noted(digits(count), (code) => codes.add(code)));
  return {
    add,
    count: () => long.size + codes.size,
    /** Those that stand in `lines`, each with its line. A code is one only where no digit stands beside it. */
    seenIn: (lines: readonly string[]): string[] =>
      lines.flatMap((line) => {
        const numbers = line.split(/[^0-9]+/);
        const seen = [...[...long].filter((one) => line.includes(one)), ...numbers.filter((one) => codes.has(one))];
        return seen.map((secret) => `${secret} in ${line}`);
      }),
  };
}

function noted<T>(made: T, note: (made: T) => unknown): T {
  note(made);
  return made;
}

/** All that was recorded, as the lines of events say it too. */
export async function recordedLines({ db }: Pick<Ctx, "db">): Promise<string[]> {
  const rows = await db.securityEvent.findMany();
  return rows.map(({ id, mac, ...row }) => JSON.stringify(row));
}
