// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are pieces of code, placeholders and all

/** Faults of changes that wait. */
export const pendingMutants = [
  {
    name: "a login is the strongest proof for a dangerous change",
    file: "lib/pending/standing/standing.ts",
    changes: [["provenAt <= authTime || ", ""]],
    test: "lib/pending/standing/standing.test.ts",
    only: "with a login a moment ago as the only proof",
  },
  {
    name: "an app's code takes factors away at once beside a passkey",
    file: "lib/pending/standing/standing.ts",
    changes: [
      ["isBoundKind(provenWith) && askable.some(isWeaker)", "isBoundKind(provenWith) && askable.every(isWeaker)"],
    ],
    test: "lib/pending/lost-passkey.test.ts",
    only: "the passkey that they take away then waits",
  },
  {
    name: "one old factor vouches for a thief's new one",
    file: "lib/pending/standing/store.ts",
    changes: [["(SELECT max(f.confirmed_at)", "(SELECT min(f.confirmed_at)"]],
    test: "lib/pending/thieves.test.ts",
    only: "second app",
  },
  {
    name: "an app of yesterday stands for the owner's",
    file: "lib/factors/removal-rule.ts",
    changes: [
      ["  if (settledBefore === null) return strong;", "  if (settledBefore === null || settledBefore) return strong;"],
    ],
    test: "lib/pending/last-strong.test.ts",
    only: "binds their own app",
  },
  {
    name: "the owner's app goes when a thief puts theirs in its place",
    file: "lib/pending/confirm-replacement.ts",
    changes: [["replacesId === null || !(await staysAWhile(ctx, actor, replacesId))", 'replacesId !== ""']],
    test: "lib/pending/last-strong.test.ts",
    only: "in the place of the owner's",
  },
  {
    name: "a change of the password does not start the seven days anew",
    file: "lib/pending/standing/standing.ts",
    changes: [["[deviceSince, passwordChangedAt ?? deviceSince]", "[deviceSince]"]],
    test: "lib/pending/standing/standing.test.ts",
    only: "six days after the password was changed",
  },
  {
    name: "a thief's own address begins the wait",
    file: "lib/pending/channels.ts",
    changes: [["return old.length > 0 ? old : ", "return old.length > 0 ? channels : "]],
    test: "lib/pending/wait.test.ts",
    only: "never with a thief's own of yesterday",
  },
  {
    name: "a stranger in a mistyped mailbox has the link that stops a change",
    file: "lib/pending/channels.ts",
    changes: [['channel === "mail" && confirmedAt !== null', 'channel === "mail" && confirmedAt !== undefined']],
    test: "lib/pending/unconfirmed.test.ts",
    only: "has no link to stop it",
  },
  {
    name: "a stranger in a mistyped mailbox has the button that closes the account",
    file: "lib/notices/tell-gathered.ts",
    changes: [["kind === null || emailConfirmedAt === null", "kind === null || emailConfirmedAt === undefined"]],
    test: "lib/pending/unconfirmed.test.ts",
    only: "cannot close the account",
  },
  {
    name: "what waits outlives a new password",
    file: "lib/account/change-password.ts",
    changes: [['    await endWaiting(tx, userId, { why: "password_changed" });\n', ""]],
    test: "lib/pending/stopped.test.ts",
    only: "when the password is changed",
  },
  {
    name: "a veto does not ask whether the change still waits",
    file: "lib/waiting/store.ts",
    changes: [["WHERE veto_hash = ${hash} AND state = 'WAITING'", "WHERE veto_hash = ${hash}"]],
    test: "lib/pending/stopped.test.ts",
    only: "works once",
  },
  {
    name: "what is due is not judged anew",
    file: "lib/pending/do-due.ts",
    changes: [["  if (why !== null) throw new DomainError(why);\n", ""]],
    test: "lib/pending/kinds.test.ts",
    only: "was changed meanwhile",
  },
  {
    name: "what waits is done as soon as somebody looks",
    file: "lib/waiting/store.ts",
    changes: [
      ["state = 'WAITING' AND due_at <= ${at} FOR UPDATE SKIP LOCKED", "state = 'WAITING' FOR UPDATE SKIP LOCKED"],
    ],
    test: "lib/testing/histories/histories.test.ts",
    only: "after every step of a history",
  },
  {
    name: "many changes that nobody here can do hold up the others",
    file: "lib/pending/in-pages.ts",
    changes: [
      [
        "if (last === undefined || page.length < size) return;",
        "if (last === undefined || page.length <= size) return;",
      ],
    ],
    test: "lib/pending/many.test.ts",
    only: "at each of which doing it fails",
  },
  {
    name: "a fault at one wait holds up all others",
    file: "lib/pending/begin-waits.ts",
    changes: [[").catch(onFault);", ");"]],
    test: "lib/pending/many.test.ts",
    only: "at each of which counting fails",
  },
  {
    name: "while mail is off, no administrator ever hears of a change that nobody was told of",
    file: "lib/notices/tell-administrators.ts",
    changes: [[" && !waitsForMail) return;", ") return;"]],
    test: "lib/pending/wait.test.ts",
    only: "while no channel is on",
  },
  {
    name: "while mail is off, the letter that waits for it is called late",
    file: "lib/notices/resting-kinds.ts",
    changes: [[" ? [] : kindsWrittenWhileOff", " ? kindsWrittenWhileOff : []"]],
    test: "lib/doctor/untold.test.ts",
    only: "while mail is off",
  },
  {
    name: "a change of which administrators have heard is still called untold",
    file: "lib/waiting/untold/store.ts",
    changes: [["\n        AND NOT EXISTS (SELECT FROM ${reports} AND l.sent_at IS NOT NULL))`;", ")`;"]],
    test: "lib/pending/wait.test.ts",
    only: "until an administrator's letter has left",
  },
  {
    name: "a cell that is a formula stays one",
    file: "lib/account/data/csv-line.ts",
    changes: [["(formula.test(text) ? `'${text}` : text)", "text"]],
    test: "lib/account/data/csv-line.test.ts",
    only: "HYPERLINK",
  },
];
