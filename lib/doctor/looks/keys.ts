import { findKeyMistake } from "@/lib/crypto/canary";
import { openIndexKeys } from "@/lib/crypto/index-keys";
import { keyring } from "@/lib/crypto/keyring";
import { rawOf } from "@/lib/db/client";
import { type Finding, fault, hint, splitSentence } from "@/lib/doctor/finding";
import type { Look, Opened } from "@/lib/doctor/house";
import { countKeys, type KeyCount } from "@/lib/rotation/count-keys";

const bringBack =
  'Bring the right PORTAL_KEYS back from the copy of .env (docs/operate.md, "Secrets and their files"); without them nothing that is sealed can be opened by anybody.';

/** The keyring against what is stored: the sentence of each key, the index keys, and the key that each sealed value names. */
export const lookAtKeys: Look<Opened> = async ({ database }) => {
  const db = rawOf(database.ctx.db);
  const found: Finding[] = [];
  const mistake = await findKeyMistake(db);
  if (mistake !== null) {
    const { what, cure } = splitSentence(mistake, bringBack);
    found.push(fault("keys.wrong", what, cure));
  }
  const shut = await openIndexKeys(db);
  if (shut !== null && mistake === null) {
    const { what, cure } = splitSentence(shut, bringBack);
    found.push(fault("keys.index", what, cure));
  }
  return [...found, ...lookAtRows(await countKeys(database.ctx), mistake !== null)];
};

function lookAtRows(counts: readonly KeyCount[], isToldAlready: boolean): readonly Finding[] {
  const { primary, ids } = keyring();
  const lost = counts.filter(({ key }) => !ids.includes(key));
  const left = counts.filter(({ key }) => key !== primary && ids.includes(key));
  const sum = (some: readonly KeyCount[]) => some.reduce((total, { rows }) => total + rows, 0);
  const columns = (some: readonly KeyCount[]) => [...new Set(some.map(({ column }) => column))].join(", ");
  if (lost.length > 0 && !isToldAlready)
    return [
      fault(
        "keys.lost",
        `Sealed values that name a key which PORTAL_KEYS does not have: ${sum(lost)} (${columns(lost)}). What they belong to does not work.`,
        bringBack,
      ),
    ];
  if (left.length === 0) return [];
  return [
    hint(
      "keys.left",
      `A change of keys is not over; values that are still sealed under an older key: ${sum(left)} (${columns(left)}).`,
      "Keep the older key in PORTAL_KEYS, and seal them anew: npm run portal -- rotate-keys",
    ),
  ];
}
