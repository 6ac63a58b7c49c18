import type { House } from "@/e2e/support/house";
import { portalSettings } from "@/e2e/support/settings";
import { openSecret } from "@/lib/crypto/factor-secret";
import { listMailbox, mailboxFolder } from "@/lib/delivery/mailbox";
import { storedLines } from "@/lib/testing/stored-lines";

/** Words that are as long as secrets, whatever stands around them. */
const longWords = (text: string): readonly string[] => text.match(/[\w-]{20,}/g) ?? [];

/** Every secret of a whole run that somebody can still know afterwards: what opens sealed rows, apps' secrets, and the tokens in all letters that were sent. */
async function secretsOf({ ctx, dataDir }: House): Promise<ReadonlySet<string>> {
  const { PORTAL_KEYS } = portalSettings;
  const apps = await ctx.db.factor.findMany({ where: { kind: "totp" } });
  const letters = await listMailbox(mailboxFolder(dataDir));
  const links = letters.flatMap(({ text }) => text.match(/\b(?:[a-z]{3}_[\w-]{20,})/g) ?? []);
  return new Set([...longWords(PORTAL_KEYS), ...apps.flatMap((row) => openSecret(row) ?? []), ...links]);
}

/** Whole numbers that codes go to. They may stand in a row, as the number that somebody logs in with. */
async function numbersOf({ ctx }: House): Promise<readonly string[]> {
  const rows = await ctx.db.factor.findMany({ where: { kind: "sms" } });
  return [...new Set(rows.flatMap((row) => openSecret(row) ?? []))];
}

/**
 * After a whole run of stories (LK01): what of all that must stay secret stands in what the portal has said, or in a row of its database, where everything of this kind is sealed or
 * hashed. Each with its line. `typed`: passwords that the stories type.
 */
export async function leaksOf(house: House, said: string, typed: readonly string[]): Promise<readonly string[]> {
  const secrets = await secretsOf(house);
  const rows = await storedLines(house.ctx);
  const numbers = await numbersOf(house);
  const whole = [portalSettings.AUTH_SECRET, ...typed];
  const hasWords = (line: string) =>
    longWords(line).some((word) => secrets.has(word)) || whole.some((one) => line.includes(one));
  const lines = said.split("\n");
  return [
    ...rows.filter(hasWords),
    ...lines.filter((line) => hasWords(line) || numbers.some((one) => line.includes(one))),
  ];
}
