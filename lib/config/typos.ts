import { settingMeanings } from "@/lib/config/schema";

/** Beginnings that only our own keys have: whatever else begins like this was meant for us. */
const ours = [
  "BRAND_",
  "PORTAL_",
  "TRUSTED_PROX",
  "SECOND_FACTOR",
  "TOTP_",
  "MAIL_",
  "SMTP_",
  "SMS_",
  "TWILIO_",
  "RESEND_",
  "APPS_",
  "RSA_",
];

/** Names in the environment that look like a mistyped key, each as a sentence that names the likely one. */
export function likelyTypos(names: readonly string[]): readonly string[] {
  const known = settingMeanings().flatMap(({ name, secret }) => (secret ? [name, `${name}_FILE`] : [name]));
  return names
    .filter((name) => !known.includes(name))
    .flatMap((name) => {
      const meant = known.find((key) => isNear(name, key));
      if (meant !== undefined) return [`${name} is not a key of the portal. Did you mean ${meant}?`];
      return ours.some((start) => name.startsWith(start))
        ? [`${name} is not a key of the portal and has no effect.`]
        : [];
    });
}

/** One slip of a finger in a short name, two in a long one. Very short names (PORT, HOST) are too close to others. */
function isNear(name: string, key: string): boolean {
  return key.length >= 6 && distance(name, key) <= (key.length >= 9 ? 2 : 1);
}

/** Levenshtein distance: insertions, deletions and replacements. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...one].entries()) {
    const next = [index + 1];
    for (const [column, match] of [...other].entries()) {
      const replaced = (row[column] ?? 0) + (letter === match ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
