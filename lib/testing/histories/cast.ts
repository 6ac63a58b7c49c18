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
  "a passkey and an app",
  "keys of each kind",
  "nothing but a passkey is enough",
] as const;

export type Part = (typeof casts)[number];

type Held = "totp" | "sms" | "email" | keyof typeof keys;

/** What sets passkeys apart: of one device, of several, and a key without a PIN. */
const keys = {
  passkey: { verifies: true, isSynced: false, counter: 0 },
  synced: { verifies: true, isSynced: true, counter: 0 },
  bare: { verifies: false, isSynced: false, counter: 0 },
} as const;

type Given = Pick<Resident, "isAdmin" | "isDemanded" | "isStrict"> & {
  readonly holds: readonly Held[];
  readonly hasCodes: boolean;
};

const plain: Given = { isAdmin: false, isDemanded: null, isStrict: false, holds: [], hasCodes: false };

const parts: Readonly<Record<Part, Given>> = {
  "nothing bound": plain,
  "one app": { ...plain, holds: ["totp"], hasCodes: true },
  "two apps": { ...plain, holds: ["totp", "totp"], hasCodes: true },
  "number and mail": { ...plain, holds: ["sms", "email"], hasCodes: true },
  "mail only": { ...plain, holds: ["email"] },
  administrator: { ...plain, isAdmin: true },
  "administrator with an app": { ...plain, isAdmin: true, holds: ["totp"] },
  "must bind": { ...plain, isDemanded: true },
  "a passkey and an app": { ...plain, holds: ["passkey", "totp"], hasCodes: true },
  "keys of each kind": { ...plain, holds: ["bare", "synced", "sms"] },
  "nothing but a passkey is enough": { ...plain, isStrict: true, holds: ["passkey", "totp"], hasCodes: true },
};

/** How a history begins: fresh people, three browsers of one network, and beside them two programs of one app and one of another, which demands a second factor. */
export function beginningOf(number: number, now: number, cast: readonly Part[]): Beginning {
  const count = { factors: 0, codes: 0 };
  const people = cast.map((part, index): Resident => {
    const { holds, hasCodes, ...rest } = parts[part];
    const factors = holds.map((what) => {
      count.factors += 1;
      const name = `f${count.factors}`;
      if (isKey(what)) return { name, kind: "passkey", to: null, key: keys[what] } as const;
      return { name, kind: what, to: addressOf(what, number, index), key: null };
    });
    const codes = Array.from({ length: hasCodes ? 10 : 0 }, () => {
      count.codes += 1;
      return `r${count.codes}`;
    });
    return { ...rest, email: `person-${index}-${number}@example.test`, factors, codes };
  });
  const at = (place: number) => ({ ip: `10.${(number >> 8) % 256}.${number % 256}.${place}` });
  const clients = [0, 0, 1].map((app, index) => ({ ...at(4 + index), app }));
  return { number, now, people, browsers: [1, 2, 3].map(at), clients, apps: [{ demands: false }, { demands: true }] };
}

const isKey = (what: Held): what is keyof typeof keys => Object.hasOwn(keys, what);

function addressOf(kind: "totp" | "sms" | "email", number: number, index: number): string | null {
  if (kind === "totp") return null;
  return kind === "sms" ? numberIn(number, 100 + index) : `own-${index}-${number}@mail.example.test`;
}

/** Where people may say that they receive, besides: few, so that several claim the same. */
export const placesOf = (number: number): Places => ({
  numbers: [0, 1, 2].map((place) => numberIn(number, place)),
  mails: [0, 1, 2].map((place) => `shared-${place}-${number}@mail.example.test`),
});
