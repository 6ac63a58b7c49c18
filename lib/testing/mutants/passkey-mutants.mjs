/** Faults of passkeys, and of what only they are strong enough for. */
export const passkeyMutants = [
  {
    name: "a passkey's answer is taken with a challenge that was spent",
    file: "lib/login/log-in-with-passkey.ts",
    changes: [
      ["if (await isSpent(ctx, presented.challenge)) throw", 'if (presented.challenge === "") throw'],
      ["if (!(await spendChallenge(tx, {", 'if (spend.challenge === "" && !(await spendChallenge(tx, {'],
    ],
    test: "lib/login/passkey-login.test.ts",
    only: "one answer is good once",
  },
  {
    name: "nobody hears of a passkey that counts backwards",
    file: "lib/factors/passkey/judge.ts",
    changes: [["if (isBehind && !data.backupEligible) throw", "if (isBehind && data.counter < 0) throw"]],
    test: "lib/factors/passkey/passkey.test.ts",
    only: "counts backwards is refused",
  },
  {
    name: "a passkey without a PIN is both doors",
    file: "lib/factors/passkey/sign-in.ts",
    changes: [["if (!judged.data.uvAtBinding) throw", "if (!judged.data.rpId) throw"]],
    test: "lib/login/passkey-login.test.ts",
    only: "bound without verifying its person",
  },
  {
    name: "a passkey that was left in its slot is a fresh proof",
    file: "lib/factors/passkey/strategy.ts",
    changes: [['scene.purpose === "STEP_UP" && uvAtBinding', 'scene.purpose === "BIND" && uvAtBinding']],
    test: "lib/factors/passkey/astray.test.ts",
    only: "left in its slot",
  },
  {
    name: "an app is enough where only a passkey is",
    file: "lib/policy/strength.ts",
    changes: [["|| traits[kind].phishingResistant", "|| traits[kind].aal === 2"]],
    test: "lib/challenge/strength.test.ts",
    only: "a right code is refused like a wrong one",
  },
  {
    name: "an app's code hands on a factor beside a passkey",
    file: "lib/policy/freshness.ts",
    changes: [["!isStrongestOnly(action) ?", "action !== null ?"]],
    test: "lib/pending/lost-passkey.test.ts",
    only: "puts no factor of theirs beside the passkey",
  },
  {
    name: "a passkey of a name that was given up is taken",
    file: "lib/factors/passkey/verify.ts",
    changes: [["if (!expected.names.includes(data.rpId)) return", "if (expected.names.length === 0) return"]],
    test: "lib/factors/passkey/passkey.test.ts",
    only: "passkeys of two former names",
  },
  {
    name: "a passkey of a name that was given up is the strongest that somebody has",
    file: "lib/users/askable-kind.ts",
    changes: [['" (name given up)"', '""']],
    test: "lib/factors/passkey/name-given-up.test.ts",
    only: "it is not the strongest that somebody has",
  },
  {
    name: "one of a name that was given up takes the last one's place when it goes",
    file: "lib/factors/remove-factor.ts",
    changes: [["factors.filter(isAskable).length", "factors.length"]],
    test: "lib/factors/passkey/name-given-up.test.ts",
    only: "beside one of today's name",
  },
];
