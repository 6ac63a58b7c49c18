// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are pieces of code, placeholders and all

import { apiMutants } from "./api-mutants.mjs";
import { auditMutants } from "./audit-mutants.mjs";
import { backupMutants } from "./backup-mutants.mjs";
import { contactMutants } from "./contact-mutants.mjs";
import { groundMutants } from "./ground-mutants.mjs";
import { lockoutMutants } from "./lockout-mutants.mjs";
import { metricsMutants } from "./metrics-mutants.mjs";
import { ownerMutants } from "./owner-mutants.mjs";
import { passkeyMutants } from "./passkey-mutants.mjs";
import { pendingMutants } from "./pending-mutants.mjs";
import { portalsMutants } from "./portals-mutants.mjs";
import { registrationMutants } from "./registration-mutants.mjs";
import { sentCodeMutants } from "./sent-code-mutants.mjs";
import { settingsMutants } from "./settings-mutants.mjs";
import { trustMutants } from "./trust-mutants.mjs";

/**
 * Faults that others have shipped, built into a copy of the house one at a time. `changes` are exact texts and what they become; `test` names the
 * file and `only` the test that must turn red. A text that is not found exactly once, or a test that stays green, is a failure.
 */
export const mutants = [
  {
    name: "an alarm's link can be pressed again",
    file: "lib/links/store.ts",
    changes: [
      [
        "WHERE hash = ${hash} AND purpose = ANY(${[...purposes]}::text[]) AND consumed_at IS NULL AND expires_at > ${ctx.now}\n    RETURNING",
        "WHERE hash = ${hash} AND purpose = ANY(${[...purposes]}::text[]) AND expires_at > ${ctx.now}\n    RETURNING",
      ],
    ],
    also: {
      file: "lib/users/password/store.ts",
      changes: [
        [
          "AND u.disabled_at IS NULL AND ${isPasswordOf(Prisma.sql`${moment}::timestamptz`)}\n",
          "AND u.disabled_at IS NULL\n",
        ],
      ],
    },
    test: "lib/account/contain-account.test.ts",
    only: "pressed by fifty at once",
  },
  {
    name: "a code that an app had asked for outlives a lock",
    file: "lib/resets/reset-code.ts",
    changes: [
      [
        "[...chosen, ...(closedAt === null ? [] : [closedAt.toISOString()])]",
        "[...chosen, ...(closedAt === null ? [] : [])]",
      ],
    ],
    test: "lib/account/old-links.test.ts",
    only: "is dead after “lock my account”",
  },
  {
    name: "a password that was replaced without a letter proves a mailbox",
    file: "lib/resets/set-new-password.ts",
    changes: [["  if (byLetter) await", "  if (byLetter || true) await"]],
    test: "lib/resets/proven-mailbox.test.ts",
    only: "no mailbox is proven by it",
  },
  {
    name: "whoever reads the mailbox chooses a new password, also where it is both doors",
    file: "lib/challenge/options.ts",
    changes: [["bound.filter((kind) => !comesByMail(kind))", "bound.filter((kind) => comesByMail(kind) || true)"]],
    test: "lib/resets/thieves.test.ts",
    only: "gets nowhere with a code that comes to the same mailbox",
  },
  {
    name: "a flood of what is gathered is a flood of letters",
    file: "lib/policy/throttle-rules.ts",
    changes: [['"notice.gathered": { kind: "window", limit: 1,', '"notice.gathered": { kind: "window", limit: 1_000,']],
    test: "lib/notices/tell-gathered.test.ts",
    only: "200 within an hour",
  },
  {
    name: "a removed address does not hear that it was removed",
    file: "lib/factors/delete-factors.ts",
    changes: [["    also: addressesOfFactor(factor),\n", ""]],
    test: "lib/notices/tell-user.test.ts",
    only: "at its own address when it is the factor that was removed",
  },
  {
    name: "a code is spent by reading first and writing afterwards",
    file: "lib/factors/store.ts",
    changes: [
      [
        "  const claimed = await sql(ctx).$executeRaw`\n    UPDATE factors SET last_step",
        "  const seen = await sql(ctx).$queryRaw`SELECT last_step AS last FROM factors WHERE id = ${factor.id}`;\n  if ((seen[0]?.last ?? -1) >= step) return false;\n  const claimed = await sql(ctx).$executeRaw`\n    UPDATE factors SET last_step",
      ],
      [" AND (last_step IS NULL OR last_step < ${step}::int)`;", "`;"],
    ],
    test: "lib/challenge/replay-and-race.test.ts",
    only: "one code on twenty challenges",
  },
  {
    name: "failures are counted inside the transaction that rolls back",
    file: "lib/challenge/answer-challenge.ts",
    changes: [
      [
        "  return answerChallengeAnd(ctx, answering, async (_, answered) => answered);",
        '  return import("@/lib/context/context").then(({ inTransaction }) =>\n    inTransaction(ctx, (tx) => answerChallengeAnd(tx, answering, async (_, answered) => answered)),\n  );',
      ],
    ],
    test: "lib/challenge/answer-challenge.test.ts",
    only: "five of them kill the challenge",
  },
  {
    name: "failures are counted by challenge, which an attacker renews",
    file: "lib/challenge/consume-answer-try.ts",
    changes: [["{ rule: bucket, userId: challenge.userId,", "{ rule: bucket, userId: challenge.id,"]],
    test: "lib/challenge/guessing.test.ts",
    only: "ten wrong codes over any number of logins",
  },
  {
    name: "failures are counted by address, which an attacker rotates",
    file: "lib/login/log-in-with-password.ts",
    changes: [
      [
        "const knocking = passwordCounter(holder.account, identifier, deviceId, unlockId);",
        "const counted = passwordCounter(holder.account, identifier, deviceId, unlockId);\n  const knocking = { ...counted, key: passwordCounter(null, ctx.visitor.ip, null).key };",
      ],
    ],
    test: "lib/login/log-in-with-password.test.ts",
    only: "five tries are free",
  },
  {
    name: "the step of an accepted code is not remembered",
    file: "lib/factors/store.ts",
    changes: [["UPDATE factors SET last_step = ${step}::int, last_used_at", "UPDATE factors SET last_used_at"]],
    test: "lib/challenge/replay-and-race.test.ts",
    only: "a code that was accepted is refused everywhere else",
  },
  {
    name: "the step of a new code may equal the last one",
    file: "lib/factors/store.ts",
    changes: [["last_step < ${step}::int)", "last_step <= ${step}::int)"]],
    also: { file: "lib/factors/totp/strategy.ts", changes: [["step > factor.lastStep", "step >= factor.lastStep"]] },
    test: "lib/challenge/replay-and-race.test.ts",
    only: "a code that was accepted is refused everywhere else",
  },
  {
    name: "the password alone leads to a session",
    file: "lib/challenge/start-login.ts",
    changes: [
      ['isDone ? "SATISFIED" : "OPEN"', '"SATISFIED"'],
      ['isDone || kind === "done" ? "claim" : kind', '"claim"'],
    ],
    test: "lib/login/log-in-with-password.test.ts",
    only: "leads to the second door",
  },
  {
    name: "factors are looked up without their owner",
    file: "lib/factors/store.ts",
    changes: [["FROM factors WHERE user_id = ${userId} AND kind = ${kind}", "FROM factors WHERE kind = ${kind}"]],
    test: "lib/challenge/replay-and-race.test.ts",
    only: "Ada's code opens nothing of Grace's",
  },
  {
    name: "ciphertexts are not bound to their row",
    file: "lib/crypto/seal.ts",
    changes: [
      [", nonce).setAAD(associated(sealedFor));", ", nonce);"],
      ["decipher.setAAD(associated(sealedFor)).setAuthTag(", "decipher.setAuthTag("],
    ],
    test: "lib/challenge/replay-and-race.test.ts",
    only: "copied into another person's row",
  },
  {
    name: "other sessions are kept when the password changes",
    file: "lib/account/change-password.ts",
    changes: [['await keepOnlyActing(tx, actor, credentialVersion + 1, "password_changed")', "0"]],
    test: "lib/account/change-password.test.ts",
    only: "ends every other session",
  },
  {
    name: "secrets are stored as they are",
    file: "lib/factors/store.ts",
    changes: [
      ["pending.secret === null ? null : seal(pending.secret, secretSealedFor(userId, id)),", "pending.secret,"],
    ],
    also: {
      file: "lib/crypto/factor-secret.ts",
      changes: [["unseal(factor.secret, secretSealedFor(factor.userId, factor.id))", "factor.secret"]],
    },
    test: "lib/factors/enrolment.test.ts",
    only: "the row never holds it readable",
  },
  {
    name: "a client's own X-Forwarded-For is believed",
    file: "lib/serve/client-address.ts",
    changes: [
      ['if (!isWithin(near, trusted)) return { ...asPeer, doubt: isOwnNetwork(near) ? "untrusted" : null };', ""],
    ],
    test: "lib/serve/client-address.test.ts",
    only: "",
  },
  {
    name: "a coding that somebody refuses is sent to them",
    file: "lib/serve/accept-encoding.ts",
    changes: [["Number(weight) || 0", "Number(weight) || 1"]],
    test: "lib/serve/accept-encoding.test.ts",
    only: "",
  },
  {
    name: "a page for whom another site sends is compressed, secret and guess together",
    file: "lib/serve/zip-answer.ts",
    changes: [["isSentFromElsewhere(req)\n    ?", "req.headers.cookie === null\n    ?"]],
    test: "lib/serve/zip-answer.test.ts",
    only: "whom another site sends",
  },
  {
    name: "the origin of a request is not asked",
    file: "lib/web/same-origin.ts",
    changes: [['if (!isOurs(origin, site, appOrigin)) return { status: 403, why: "origin" };', ""]],
    test: "lib/web/same-origin.test.ts",
    only: "is refused",
  },
  {
    name: "the way back is taken as it comes",
    file: "lib/web/return-to.ts",
    changes: [
      [
        "export function returnTo(value: unknown): string {",
        'export function returnTo(value: unknown): string {\n  if (typeof value === "string") return value;',
      ],
    ],
    test: "lib/web/return-to.test.ts",
    only: "leads home",
  },
  {
    name: "a replay's try is refunded twice, the second time out of an attacker's count",
    file: "lib/challenge/consume-answer-try.ts",
    changes: [["if (replay) await noteRefund(ctx, challenge.id, keys);", ""]],
    test: "lib/challenge/replay-and-race.test.ts",
    only: "never refund a try that an attacker consumed",
  },
  {
    name: "a recovery code ends the authenticator's wait",
    file: "lib/throttle/reset-tries.ts",
    changes: [["if (answered.includes(key)) await", "if (answered) await"]],
    test: "lib/challenge/refund-and-reset.test.ts",
    only: "ends no wait of the authenticator app",
  },
  {
    name: "a lost connection ends the process",
    file: "lib/db/client.ts",
    changes: [['pool.on("connect", (connection) => connection.on("error", () => undefined));', ""]],
    test: "lib/db/client.test.ts",
    only: "lost in the middle of a transaction",
  },
  {
    name: "what did not happen is logged",
    file: "lib/audit/record-event.ts",
    changes: [
      [
        'ctx.afterCommit(() => {\n    logLine("event", name, told);',
        'logLine("event", name, told);\n  ctx.afterCommit(() => {',
      ],
    ],
    test: "lib/audit/record-event.test.ts",
    only: "neither row nor line is left",
  },
  {
    name: "a form whose part announces an encoding passes the door, and ends the process behind it",
    file: "lib/serve/form-parts.ts",
    changes: [["(second !== undefined && !contentType.test(second))", "false"]],
    test: "lib/serve/form-shape.test.ts",
    only: "",
  },
  ...sentCodeMutants,
  ...apiMutants,
  ...lockoutMutants,
  ...contactMutants,
  ...settingsMutants,
  ...groundMutants,
  ...portalsMutants,
  ...metricsMutants,
  ...ownerMutants,
  ...passkeyMutants,
  ...pendingMutants,
  ...registrationMutants,
  ...trustMutants,
  ...backupMutants,
  ...auditMutants,
];
