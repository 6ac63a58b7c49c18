// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are pieces of code, placeholders and all

const [seals, hiding] = ["lib/audit/seals/seals.test.ts", "lib/audit/seals/hiding-places.test.ts"];

/** Faults of the record: seals, and who may say that something was swept. */
export const auditMutants = [
  {
    name: "each refusal of nobody's is a row, however many strangers bring about",
    file: "lib/audit/record-event.ts",
    changes: [["isBoundByAccount(event) ? { leftOut: 0 }", "event ? { leftOut: 0 }"]],
    test: "lib/login/flood-of-names.test.ts",
    only: "sixty of it are rows in a minute",
  },
  {
    name: "what is no row is written in no other way, and the time tells that nobody has the name",
    file: "lib/audit/record-event.ts",
    changes: [["if (sample === null) await instead?.();", "if (sample === null) await undefined;"]],
    test: "lib/login/flood-of-names.test.ts",
    only: "costs no other statements",
  },
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
    file: "lib/audit/seals/seal-events.ts",
    changes: [["unsigned > 0 && !isOver(later(madeAt, auditRules.adopting), now)", "unsigned > 0 && madeAt <= now"]],
    test: seals,
    only: "are told at once when that day is over",
  },
  {
    name: "an event behind the last number that was given ends the sealing",
    file: "lib/audit/seals/store.ts",
    changes: [["WHERE id <= ${given} ORDER BY id DESC", "ORDER BY id DESC"]],
    test: hiding,
    only: "which nobody has been given yet",
  },
  {
    name: "what stands where everything was swept is read by nobody",
    file: "lib/audit/seals/verify-events.ts",
    changes: [
      [
        "if (beginning !== null) await judgeSwept(walk, beginning, read);",
        "if (beginning !== null) walk.newest = beginning;",
      ],
    ],
    test: hiding,
    only: "an event that was inserted is found",
  },
  {
    name: "an event that was edited makes its seal look old",
    file: "lib/audit/seals/seal-events.ts",
    changes: [["(event.isTrue ? momentOf(event) : madeAt.getTime())", "momentOf(event)"]],
    test: hiding,
    only: "2000-01-01",
  },
  {
    name: "a clock that leapt a year ahead ends the record of that year",
    file: "lib/audit/seals/release-old.ts",
    changes: [[" || !(await reachesThisDay(db, ctx.now))", ""]],
    test: seals,
    only: "a clock that leaps ahead ends no record",
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
    changes: [["if (await writersEnd(ctx, patience))", "if (patience >= 0)"]],
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
  {
    name: "a seal's proof is not printed where fewer lines are wanted",
    file: "lib/kernel/log.ts",
    changes: [['  level === "proof" ||\n', ""]],
    test: "lib/kernel/log.test.ts",
    only: "an alarm and a proof always are",
  },
  {
    name: "a cut is a letter an hour",
    file: "lib/serve/tell-record-changed.ts",
    changes: [
      ["auditRules.letters[how]", "milliseconds(0)"],
      ["import { claimTurn }", 'import { milliseconds } from "@/lib/kernel/duration";\nimport { claimTurn }'],
    ],
    test: "lib/serve/seal-schedule.test.ts",
    only: "a cut is one letter to each administrator",
  },
  {
    name: "a portal without the turn does not notice that nobody seals",
    file: "lib/serve/seal-schedule.ts",
    changes: [
      [
        "if (since !== null && mayTell(",
        'if (since !== null && (await claimTurn(ctx, "seals", auditRules.turn)) && mayTell(',
      ],
    ],
    test: "lib/serve/seal-schedule.test.ts",
    only: "that nothing is sealed is a warning",
  },
  {
    name: "what was swept before a restore excuses that the newest seal is gone",
    file: "lib/audit/seals/newest-seal.ts",
    changes: [
      [
        "if (at === null || !isOver(later(swept.madeAt, auditRules.apart), at)) return true;",
        "if (isOver(swept.madeAt, new Date())) return true;",
      ],
    ],
    test: hiding,
    only: "seals of a record that was set back",
  },
  {
    name: "numbers that were set back go on behind the newest seal, in the midst of what has none yet",
    file: "lib/audit/seals/raise-numbers.ts",
    changes: [["const to = written ?? sealed;", "const to = written === null ? sealed : sealed;"]],
    test: "lib/audit/seals/seals.test.ts",
    only: "go on behind the newest event that a portal wrote",
  },
  {
    name: "an event that was written by hand says where numbers go on",
    file: "lib/audit/seals/raise-numbers.ts",
    changes: [["mac !== null && isEventMac(mac, text)", "(mac === null || isEventMac(mac, text))"]],
    test: "lib/audit/seals/seals.test.ts",
    only: "go on behind the newest event that a portal wrote",
  },
  {
    name: "the database is told where a page of events ends, and sorts all that is left",
    file: "lib/audit/seals/store.ts",
    changes: [
      [
        "WHERE e.id > ${String(after)}::bigint ORDER BY",
        "WHERE e.id > ${String(after)}::bigint AND e.id <= ${String(highest)}::bigint ORDER BY",
      ],
    ],
    test: "lib/audit/seals/rows-read.test.ts",
    only: "a look at a large record reads a page of it",
  },
  {
    name: "a notice is missed where mail was off",
    file: "lib/invariants/of-notices.ts",
    changes: [["bool_and((s.meta->>'on')::boolean)", "bool_or((s.meta->>'on')::boolean)"]],
    test: "lib/invariants/find-broken.test.ts",
    only: "none is missed where",
  },
  {
    name: "a form goes by its place in the tree of components",
    file: "components/form/action-form.tsx",
    changes: [["idle, addressOf(of, asked));", "idle, of === undefined ? undefined : addressOf(of));"]],
    test: "components/form/action-form.test.tsx",
    only: "a form is known again wherever the next version puts it",
  },
];
