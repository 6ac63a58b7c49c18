// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are pieces of code, placeholders and all

/** Faults in what keeps strangers out and owners in; see `mutants.mjs`. */
export const lockoutMutants = [
  {
    name: "strangers use up the tries that belong to the owner's known devices",
    file: "lib/users/password/store.ts",
    changes: [['${by === "device" ? all : strangers}::int', "${all}::int"]],
    test: "lib/login/closed-password.test.ts",
    only: "close it to strangers",
  },
  {
    name: "known devices are refused with the strangers",
    file: "lib/users/password/store.ts",
    changes: [['${by === "device" ? all : strangers}::int', "${strangers}::int"]],
    test: "lib/login/closed-password.test.ts",
    only: "do not keep its owner out",
  },
  {
    name: "the current password is judged by what strangers did to the account",
    file: "lib/account/current-password.ts",
    changes: [
      [
        "return isProvenByFactor ? judgeInSession(ctx, typed) : judgeAtAccount(ctx, typed);",
        "return judgeAtAccount(ctx, typed);",
      ],
    ],
    test: "lib/login/closed-password.test.ts",
    only: "whatever was counted against it elsewhere",
  },
  {
    name: "any session guesses at the current password from a counter of its own",
    file: "lib/account/current-password.ts",
    changes: [
      [
        "proof.kinds.length > 0 && isFresh(proof, ctx.now, { askable: usableKinds(typed.account) })",
        "proof.kinds.length >= 0",
      ],
    ],
    test: "lib/login/closed-password.test.ts",
    only: "without a factor the account's own counter judges",
  },
  {
    name: "the fifth wrong current password does not end the session",
    file: "lib/account/current-password.ts",
    changes: [["counted.count >= rule.limit", "counted.count > rule.limit"]],
    test: "lib/login/closed-password.test.ts",
    only: "five wrong ones end the session",
  },
  {
    name: "a right password is refunded more than it consumed",
    file: "lib/throttle/windows/store.ts",
    changes: [["SET fails = GREATEST(b.fails - 1, 0) FROM refund,", "SET fails = 0 FROM refund,"]],
    test: "lib/login/behind-one-address.test.ts",
    only: "is refunded the one try that it consumed",
  },
  {
    name: "a right password refunds a window that it did not consume from",
    file: "lib/throttle/windows/store.ts",
    changes: [
      [
        "WHERE b.key = ${key} AND b.window_start = ${windowStart}::timestamptz RETURNING 1)",
        "WHERE b.key = ${key} AND ${windowStart}::timestamptz IS NOT NULL RETURNING 1)",
      ],
    ],
    test: "lib/login/behind-one-address.test.ts",
    only: "a window that began after it",
  },
  {
    name: "one account is refunded as often as it likes",
    file: "lib/policy/throttle-rules.ts",
    changes: [
      ['"login.given_back": { kind: "window", limit: 10,', '"login.given_back": { kind: "window", limit: 1_000,'],
    ],
    test: "lib/login/behind-one-address.test.ts",
    only: "is refunded ten in five minutes",
  },
  {
    name: "a known device consumes of its network's windows",
    file: "lib/login/log-in-with-password.ts",
    changes: [
      ["if (deviceId === null) return consumeAddress(ctx);", "if (deviceId !== userId) return consumeAddress(ctx);"],
    ],
    test: "lib/login/behind-one-address.test.ts",
    only: "that strangers have used up",
  },
  {
    name: "a known device logs in as often as it likes",
    file: "lib/login/log-in-with-password.ts",
    changes: [
      [
        "  return [await consumeDeviceLogin(ctx, { deviceId, userId })];\n",
        "  return [consumeDeviceLogin, userId].slice(2) as [];\n",
      ],
    ],
    test: "lib/login/behind-one-address.test.ts",
    only: "has thirty logins in five minutes of its own",
  },
  {
    name: "a made-up device cookie is looked up only where there is an account",
    file: "lib/sessions/devices/known-device.ts",
    changes: [
      [
        "  return findKnocker(ctx, name, readDeviceCookie(cookie).map(familyHash), besides);",
        "  const hashes = readDeviceCookie(cookie).map(familyHash);\n  return findKnocker<Beside>(ctx, name, [], besides).then((one) => (one.account && hashes.length > 0 ? findKnocker<Beside>(ctx, name, hashes, besides) : one));",
      ],
    ],
    test: "lib/login/same-work.test.ts",
    only: "with a device cookie that nobody has",
  },
  {
    name: "a guess counts before it holds the account's row, which a success takes first",
    file: "lib/login/store.ts",
    changes: [["FROM held HAVING count(*) >= 0) AS once", "FROM (SELECT 1) AS h) AS once"]],
    test: "lib/login/lock-order.test.ts",
    only: "wait for each other's rows in the same order",
  },
  {
    name: "a name that nobody has costs one write less",
    file: "lib/login/store.ts",
    changes: [
      [
        "standInTry(ctx, key, policy.password.strangersFailures, counted)",
        "Prisma.sql`SELECT false AS usable, NULL::text AS closes FROM ${counted} WHERE ${[ctx, standInTry].length} = 0`",
      ],
    ],
    test: "lib/login/same-work.test.ts",
    only: "cost the same statements",
  },
  {
    name: "two people at one browser push each other out",
    file: "lib/sessions/devices/known-device.ts",
    changes: [["[withTurn(token, turn), ...stay]", "[withTurn(token, turn)].concat(stay.slice(9))"]],
    test: "lib/login/shared-browser.test.ts",
    only: "are both known there",
  },
  {
    name: "the counters of a known device are swept while it is one",
    file: "lib/throttle/upkeep/store.ts",
    changes: [["WHERE d.id = substring(b.key FROM '[^:]+$') AND", "WHERE false AND"]],
    test: "lib/sweep/sweep.test.ts",
    only: "stay while it is one, and go with it",
  },
  {
    name: "the counters of a forgotten device are swept while a session consumes from them",
    file: "lib/throttle/upkeep/store.ts",
    changes: [["WHERE s.device_id = substring(b.key FROM '[^:]+$') AND", "WHERE false AND"]],
    test: "lib/sweep/sweep.test.ts",
    only: "still consumes from them",
  },
  {
    name: "the row of a replaced device stays",
    file: "lib/sessions/devices/claiming/store.ts",
    changes: [
      [
        "USING added WHERE t.token_hash = ANY(${before}) AND t.token_hash NOT IN",
        "USING added WHERE false AND t.token_hash NOT IN",
      ],
    ],
    test: "lib/login/shared-browser.test.ts",
    only: "leave one row",
  },
  {
    name: "a device cookie is good for every account",
    file: "lib/sessions/devices/store.ts",
    changes: [['CASE WHEN d.user_id = a.id AND d.credential_version = a."credentialVersion" THEN d.id END', "d.id"]],
    test: "lib/login/behind-one-address.test.ts",
    only: "of somebody else consumes like no device at all",
  },
  {
    name: "half logins of one account have no end",
    file: "lib/challenge/half-logins/store.ts",
    changes: [
      [
        "OFFSET ${policy.challenge.perPerson - 1}::int) FOR UPDATE SKIP LOCKED",
        "OFFSET 1000000) FOR UPDATE SKIP LOCKED",
      ],
    ],
    test: "lib/challenge/half-logins.test.ts",
    only: "are at most twenty",
  },
  {
    name: "the oldest half login goes, whosever network holds most",
    file: "lib/challenge/half-logins/store.ts",
    changes: [["ORDER BY place, created_at DESC, id DESC OFFSET", "ORDER BY created_at DESC, id DESC OFFSET"]],
    test: "lib/challenge/half-logins.test.ts",
    only: "are at most twenty",
  },
  {
    name: "the log is not told of half logins that went",
    file: "lib/challenge/open-challenge.ts",
    changes: [["(died) => announceEvents(tx, died)", "() => undefined"]],
    test: "lib/challenge/half-logins.test.ts",
    only: "one line each",
  },
  {
    name: "a half login on a known device is counted with the strangers'",
    file: "lib/challenge/start-login.ts",
    changes: [["network: isDone || deviceId !== null ? null", "network: isDone ? null"]],
    test: "lib/challenge/half-logins.test.ts",
    only: "is neither counted nor goes",
  },
  {
    name: "a recovery code makes a browser known",
    file: "lib/challenge/claim-login.ts",
    changes: [["deviceKinds: factorKinds.filter((kind) => kind !== fallback)", "deviceKinds: factorKinds"]],
    test: "lib/login/known-device.test.ts",
    only: "a recovery code makes none known",
  },
  {
    name: "a login that makes no device known is told to nobody",
    file: "lib/notices/notice-new-device.ts",
    changes: [["clientTraits(clientId).remembersDevices\n    ? !isKnownDevice\n    : !(await", "!(await"]],
    test: "lib/notices/new-device.test.ts",
    only: "raises the alarm, with its link, and makes none known",
  },
  {
    name: "nobody hears that the day's budget is spent",
    file: "lib/factors/send-code.ts",
    changes: [["    await noticeBudget(ctx, channel); // consumed", "    void noticeBudget; // consumed"]],
    test: "lib/notices/notice-budget.test.ts",
    only: "when four fifths are used and when it is spent",
  },
];
