import { config } from "@/lib/config/config";
import type { Ctx } from "@/lib/context/context";
import { handleOf } from "@/lib/crypto/factor-secret";
import { makeIndexKeys, openIndexKeys } from "@/lib/crypto/index-keys";
import { openDatabase, rawOf } from "@/lib/db/client";
import { written } from "@/lib/factors/recovery/codes";
import { otpauthUri } from "@/lib/factors/totp/otpauth-uri";
import { systemClock } from "@/lib/kernel/clock";
import { earlier, minutes } from "@/lib/kernel/duration";
import { systemRandom } from "@/lib/kernel/random";
import { ruleOfKind, throttleRules } from "@/lib/policy/throttle-rules";
import { cast, type Member } from "@/lib/testing/cast";
import { giveFactor, giveSavedCodes, giveTotp, moveIn } from "@/lib/testing/move-in";
import { bucketKey } from "@/lib/throttle/bucket";
import { consumeWaitingTry } from "@/lib/throttle/waiting/store";
import { findAccountByIdentifier } from "@/lib/users/store";

/** Moves the cast into the database at `url`. Whoever lives there already is left as they are; prints nothing. */
export async function seed(url: string): Promise<void> {
  const db = openDatabase(url, 2);
  const visitor = { ip: "127.0.0.1", agent: "seed" };
  const ctx: Ctx = {
    now: systemClock.now(),
    random: systemRandom,
    db,
    visitor,
    requestId: null,
    language: config().defaultLanguage,
    afterCommit: () => undefined,
  };
  try {
    await makeIndexKeys(rawOf(db));
    await openIndexKeys(rawOf(db));
    for (const member of cast) {
      if ((await findAccountByIdentifier(ctx, member.email)) === null) await settle(ctx, member);
    }
  } finally {
    await db.$disconnect();
  }
}

async function settle(ctx: Ctx, member: Member): Promise<void> {
  const { email, username, isAdmin, password, apps, addresses, recoveryCodes, trouble } = member;
  const userId = await moveIn(ctx, { email, username, isAdmin, password });
  if (userId === null) return; // another process seeds at the same time
  for (const app of apps) await giveTotp(ctx, userId, app);
  for (const { kind, label, to } of addresses)
    await giveFactor(ctx, { userId, kind, label, begun: { secret: to, handle: handleOf(kind, to) } });
  if (recoveryCodes.length > 0) await giveSavedCodes(ctx, userId, recoveryCodes);
  if (trouble !== "none") await guessWrongly(ctx, userId, trouble);
}

/** As many wrong guesses as the rule stands, each after the wait of the one before; the last one is now. */
async function guessWrongly(ctx: Ctx, userId: string, trouble: "password_waits" | "apps_closed"): Promise<void> {
  const [name, rule] =
    trouble === "password_waits"
      ? (["password.strangers", throttleRules["password.strangers"]] as const)
      : (["factor.totp", ruleOfKind("totp")] as const);
  const guesses = rule.orphanCap ?? rule.free + rule.waits.length;
  for (let left = guesses - 1; left >= 0; left -= 1) {
    const now = earlier(ctx.now, minutes(left * 61));
    await consumeWaitingTry({ ...ctx, now }, bucketKey(name, userId), rule);
  }
}

/** The cast as `npm run dev` shows it: who they are and how to get in as them. */
export function castTable(): string {
  return ["The cast (development only):", ...cast.map(asLines)].join("\n");
}

function asLines({ name, story, email, password, apps, addresses, recoveryCodes }: Member): string {
  const issuer = config().brand.name;
  const uris = apps.map(({ label, secret }) => `      ${label}: ${otpauthUri({ issuer, account: email, secret })}`);
  const places = addresses.map(({ label, to }) => `      ${label}: ${to} (codes arrive at /dev/mailbox)`);
  const codes = recoveryCodes.length > 0 ? [`      recovery codes: ${recoveryCodes.map(written).join("  ")}`] : [];
  return [`  ${name} ${story}.`, `      ${email}   password: ${password}`, ...uris, ...places, ...codes].join("\n");
}
