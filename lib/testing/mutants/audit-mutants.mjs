// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are pieces of code, placeholders and all

const seals = "lib/audit/seals/seals.test.ts";

/** Faults of the record: seals, and who may say that something was swept. */
export const auditMutants = [
  {
    name: "an event's number is in no HMAC, so that events can change places",
    file: "lib/audit/store.ts",
    changes: [["jsonb_build_array(e.id, ", "jsonb_build_array(0, "]],
    test: seals,
    only: "two events in another order",
  },
  {
    name: "a seal does not vouch for the one before",
    file: "lib/audit/seals/seal.ts",
    changes: [['vouch(["seal", ...saidBy(seal), before])', 'vouch(["seal", ...saidBy(seal)])']],
    test: seals,
    only: "a seal that comes from another chain",
  },
  {
    name: "events without an HMAC are taken for old ones for ever",
    file: "lib/audit/seals/verify-events.ts",
    changes: [["mac === null && !isOver(walk.adoptedUntil, sealedAt)", "mac === null"]],
    test: seals,
    only: "an event that was inserted",
  },
  {
    name: "anybody may say that the beginning was swept",
    file: "lib/audit/seals/seal.ts",
    changes: [["seal.sweptMac !== null && seal.sweptMac === sweptMacOf(seal)", "seal.sweptMac !== null"]],
    test: seals,
    only: "a beginning that nobody swept",
  },
  {
    name: "the sealer does not wait for whoever is writing",
    file: "lib/audit/seals/seal-events.ts",
    changes: [["if (!(await writersEnd(ctx, patience)))", "if (patience < 0)"]],
    test: seals,
    only: "nothing comes into a stretch afterwards",
  },
  {
    name: "a portal forgets a newest seal that is gone",
    file: "lib/audit/seals/newest-seal.ts",
    changes: [
      ["if (remembered !== null && !(await isStillThere(db, remembered)))", "if (remembered !== null && db === null)"],
    ],
    test: "lib/serve/seal-schedule.test.ts",
    only: "the newest end cut off",
  },
];
