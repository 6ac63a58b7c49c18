// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are pieces of code, placeholders and all

/** Faults of a portal that is not alone on its database, or whose database is a strict one. */
export const groundMutants = [
  {
    name: "a commit of which nobody knows is tried again",
    file: "lib/db/retry.ts",
    changes: [
      ["lost.has(code)) && !codes.some((code) => unknown.test(code))", "lost.has(code) || unknown.test(code))"],
    ],
    test: "lib/db/lost-turns.test.ts",
    only: "is not tried again",
  },
  {
    name: "all that have lost try again at once",
    file: "lib/db/retry.ts",
    changes: [["tries === 1 ? attempt() : inLine(attempt)", "tries === 1 ? attempt() : attempt()"]],
    test: "lib/db/retry.test.ts",
    only: "come one after the other",
  },
  {
    name: "what waited for the commit of a lost try is done too",
    file: "lib/context/context.ts",
    changes: [["    acts = [];\n", ""]],
    test: "lib/db/lost-turns.test.ts",
    only: "run again whole",
  },
  {
    name: "single statements outside a transaction are not tried again",
    file: "lib/db/raw.ts",
    changes: [["$executeRaw: (strings, ...values) => retried(() => $executeRaw(strings, ...values)),", "$executeRaw,"]],
    test: "lib/db/lost-turns.test.ts",
    only: "a statement in SQL is tried again",
  },
  {
    name: "a right password whose login cannot be opened costs a try",
    file: "lib/login/log-in-with-password.ts",
    changes: [["    await refundPasswordTry(ctx, consumed); // nobody was refused", "    // nobody was refused"]],
    test: "lib/testing/lost-for-ever/lost-for-ever.test.ts",
    only: "nothing is consumed",
  },
  {
    name: "letters leave in the order of a sequence",
    file: "lib/letters/store.ts",
    changes: [
      ["behind_retry IS NOT TRUE ORDER BY queue, created_at, seq),", "behind_retry IS NOT TRUE ORDER BY queue, seq),"],
    ],
    test: "lib/letters/queues.test.ts",
    only: "the order is that of the moments",
  },
  {
    name: "a letter that was written late overtakes the one that is under way",
    file: "lib/letters/store.ts",
    changes: [["AND NOT under_way ORDER BY", "ORDER BY"]],
    test: "lib/letters/queues.test.ts",
    only: "waits for the letter that is under way",
  },
  {
    name: "a fault's line says whatever the database quoted",
    file: "lib/kernel/fault-line.ts",
    changes: [["message: isOurOwn(fault) ? fault.message : null", "message: fault.message"]],
    test: "lib/testing/canaries.test.ts",
    only: "nor what a database or a provider quotes",
  },
  {
    name: "a worker goes by the database's hour however far this machine's is from it",
    file: "lib/portals/right-hour.ts",
    changes: [["if (Math.abs(between(ours, theirs)) > portalRules.clocksApart) return null;", ""]],
    test: "lib/letters/wrong-hour.test.ts",
    only: "eight days ahead",
  },
  {
    name: "a letter comes to its end by this machine's clock",
    file: "lib/portals/right-hour.ts",
    changes: [["({ ...context(), now: later(theirs, milliseconds(performance.now() - answered)) })", "context()"]],
    test: "lib/letters/wrong-hour.test.ts",
    only: "decides nothing of what becomes of it",
  },
  {
    name: "nobody who works by himself asks whoever watches the hour",
    file: "lib/serve/housework.ts",
    changes: [["mayDecide: isHourRight", "mayDecide: () => true"]],
    test: "lib/serve/housework.test.ts",
    only: "no letter is given up",
  },
  {
    name: "a password that waits behind a reset is set whosever it is",
    file: "lib/resets/reset-by-app.ts",
    changes: [["openHashOf(challenge.userId, waiting) === null", "waiting === null"]],
    test: "lib/testing/foreign-values.test.ts",
    only: "a new password behind an app's reset",
  },
  {
    name: "a value that does not open wakes the operator each time",
    file: "lib/crypto/tell-shut.ts",
    changes: [["  told.add(value);\n", ""]],
    test: "lib/testing/foreign-values.test.ts",
    only: "wakes the operator once",
  },
  {
    name: "readiness makes the serving entry a Prisma of its own, beside DATABASE_POOL",
    file: "lib/serve/boot-house.ts",
    changes: [["writeProbe(rawOf(database()))", "writeProbe(database())"]],
    test: "lib/serve/boot-house.test.ts",
    only: "goes by the pool for SQL alone",
  },
  {
    name: "the work begins while the pages that bring its code are still being loaded",
    file: "lib/serve/boot-house.ts",
    changes: [
      ["  const begin = () => {", "  let begin = () => {"],
      ["  const rest = async () => {", "  begin();\n  begin = () => undefined;\n  const rest = async () => {"],
    ],
    test: "lib/serve/boot-house.test.ts",
    only: "the work begins when it is told to",
  },
];
