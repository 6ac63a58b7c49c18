// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are pieces of code, placeholders and all

const store = "lib/sessions/devices/trust/store.ts";
const story = "lib/login/trusted-device.test.ts";
const copied = "lib/login/copied-browser.test.ts";

/** Faults around browsers that are trusted. */
export const trustMutants = [
  {
    name: "a copy of a trusted browser is refused and nothing more",
    file: store,
    changes: [["AND turn IS NOT NULL AND NOT", "AND turn IS NULL AND NOT"]],
    test: copied,
    only: "once both have gone on",
  },
  {
    name: "a lost answer makes a copy of an honest browser",
    file: store,
    changes: [["  (turn = ${hash} OR COALESCE(", "  (COALESCE("]],
    test: copied,
    only: "when an answer is lost",
  },
  {
    name: "a second window of a trusted browser is a copy",
    file: store,
    changes: [["COALESCE(former_turn = ${hash} AND", "COALESCE(former_turn = '' AND"]],
    test: copied,
    only: "when many windows come",
  },
  {
    name: "the turn before the last is good for ever",
    file: store,
    changes: [
      [
        "turned_at > ${earlier(ctx.now, policy.device.turnLingers)}",
        "turned_at > ${earlier(ctx.now, policy.device.lifetime)}",
      ],
    ],
    test: copied,
    only: "who waits until its owner",
  },
  {
    name: "what a thief asked for in a copied browser goes on waiting",
    file: "lib/sessions/devices/judge-trust.ts",
    changes: [['      await endWaiting(tx, userId, { why: "device_copied", askedOn: device });\n', ""]],
    test: copied,
    only: "is stopped when the copy shows",
  },
  {
    name: "every administrator's browser may be trusted",
    file: "lib/policy/trust.ts",
    changes: [["(isAdmin && !rules.admins)", "(isAdmin && rules.days === 0)"]],
    test: "lib/policy/trust.test.ts",
    only: "an administrator only by a word of its own",
  },
  {
    name: "a browser is trusted where only what no false page can take is enough",
    file: "lib/policy/trust.ts",
    changes: [[' || demand.strength !== "any"', ""]],
    test: "lib/login/trust-and-strength.test.ts",
    only: "finds no trusted browser",
  },
  {
    name: "a session that a trusted browser opened outlives the rule that forbids trust",
    file: "lib/policy/second-factor.ts",
    changes: [[' && (provenWith !== firstDoor || demand.strength === "any")', ""]],
    test: "lib/login/trust-and-strength.test.ts",
    only: "asks for the passkey before anything else",
  },
  {
    name: "a code by e-mail lets somebody trust a browser",
    file: "lib/policy/trust.ts",
    changes: [["traits[kind].aal === 2", "traits[kind].aal > 0"]],
    test: "lib/policy/trust.test.ts",
    only: "no mailbox",
  },
  {
    name: "a trust that was withdrawn still claims its session",
    file: "lib/sessions/devices/claiming/store.ts",
    changes: [["WHERE d.trusted_at IS NOT NULL AND ${byTrust}", "WHERE ${byTrust}"]],
    test: story,
    only: "withdrawn between the right password and the session",
  },
  {
    name: "a device is made on a computer that others use too",
    file: "lib/sessions/devices/claiming/store.ts",
    changes: [["AND NOT e.is_shared AND NOT e.by_trust", "AND NOT e.by_trust"]],
    test: story,
    only: "no device is made",
  },
  {
    name: "the first factor leaves every browser known",
    file: "lib/factors/bind-factor.ts",
    changes: [["isFurther: count > 1 && !replaced", "isFurther: !replaced"]],
    test: "lib/login/known-device.test.ts",
    only: "is void then, but for the one",
  },
  {
    name: "an app in another's place leaves every browser trusted",
    file: "lib/factors/bind-factor.ts",
    changes: [["isFurther: count > 1 && !replaced", "isFurther: count > 1"]],
    test: "lib/login/trust-voided.test.ts",
    only: "in the place of one",
  },
  {
    name: "a login that is over leaves its browser trusted, whoever says that it was not them",
    file: "lib/sessions/listing/store.ts",
    changes: [["SELECT e.meta->>'device', jsonb_exists", "SELECT NULL, jsonb_exists"]],
    test: "lib/sessions/disown-session.test.ts",
    only: "was logged out by the thief",
  },
  {
    name: "a disowned login leaves its copy of this browser trusted",
    file: "lib/sessions/disown-session.ts",
    changes: [["(await withdrawTrust(tx, userId, id))", '(await withdrawTrust(tx, userId, ""))']],
    test: "lib/login/trust-voided.test.ts",
    only: "copied from this very browser",
  },
];
