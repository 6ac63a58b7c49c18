import type { Beginning, Resident } from "@/lib/testing/histories/model/people";
import type { Places } from "@/lib/testing/histories/resolve/scene";
import { numberIn } from "@/lib/testing/numbers";

/** Who may live in a history. */
export const casts = [
  "nothing bound",
  "one app",
  "two apps",
  "number and mail",
  "mail only",
  "administrator",
  "administrator with an app",
  "must bind",
] as const;

export type Part = (typeof casts)[number];

type Given = Pick<Resident, "isAdmin" | "isDemanded"> & {
  readonly holds: readonly ("totp" | "sms" | "email")[];
  readonly hasCodes: boolean;
};

const plain: Given = { isAdmin: false, isDemanded: null, holds: [], hasCodes: false };

const parts: Readonly<Record<Part, Given>> = {
  "nothing bound": plain,
  "one app": { ...plain, holds: ["totp"], hasCodes: true },
  "two apps": { ...plain, holds: ["totp", "totp"], hasCodes: true },
  "number and mail": { ...plain, holds: ["sms", "email"], hasCodes: true },
  "mail only": { ...plain, holds: ["email"] },
  administrator: { ...plain, isAdmin: true },
  "administrator with an app": { ...plain, isAdmin: true, holds: ["totp"] },
  "must bind": { ...plain, isDemanded: true },
};

/** How a history begins: fresh people, and three browsers of one network. */
export function beginningOf(number: number, now: number, cast: readonly Part[]): Beginning {
  const count = { factors: 0, codes: 0 };
  const people = cast.map((part, index): Resident => {
    const { holds, hasCodes, ...rest } = parts[part];
    const factors = holds.map((kind) => {
      count.factors += 1;
      return { name: `f${count.factors}`, kind, to: addressOf(kind, number, index) };
    });
    const codes = Array.from({ length: hasCodes ? 10 : 0 }, () => {
      count.codes += 1;
      return `r${count.codes}`;
    });
    return { ...rest, email: `person-${index}-${number}@example.test`, factors, codes };
  });
  const browsers = [1, 2, 3].map((place) => ({ ip: `10.${(number >> 8) % 256}.${number % 256}.${place}` }));
  return { number, now, people, browsers };
}

function addressOf(kind: "totp" | "sms" | "email", number: number, index: number): string | null {
  if (kind === "totp") return null;
  return kind === "sms" ? numberIn(number, 100 + index) : `own-${index}-${number}@mail.example.test`;
}

/** Where people may say that they receive, besides: few, so that several claim the same. */
export const placesOf = (number: number): Places => ({
  numbers: [0, 1, 2].map((place) => numberIn(number, place)),
  mails: [0, 1, 2].map((place) => `shared-${place}-${number}@mail.example.test`),
});
