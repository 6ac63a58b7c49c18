// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are pieces of code, placeholders and all

/** Faults of what an owner can steer: forgotten passwords, the way past a wait, sessions, closing an account. */
export const ownerMutants = [
  {
    name: "the link of a reset outlives the password that it was made under",
    file: "lib/resets/live-reset.ts",
    changes: [["chosenAt !== null && chosenAt > link.createdAt ? null : account", "account"]],
    test: "lib/resets/resets.test.ts",
    only: "dies with the password",
  },
  {
    name: "the link of a reset outlives the address that it was sent to",
    file: "lib/resets/live-reset.ts",
    changes: [[" || addressMark(account.email) !== link.sentTo", ""]],
    test: "lib/resets/resets.test.ts",
    only: "dies with the password",
  },
  {
    name: "the link of a reset opens challenges without end",
    file: "lib/links/store.ts",
    changes: [[" AND openings < ${most}::int\n", " AND ${most}::int > 0\n"]],
    test: "lib/resets/resets.test.ts",
    only: "three challenges come from it",
  },
  {
    name: "one link of a reset leaves the others a thief hoards",
    file: "lib/links/store.ts",
    changes: [
      ["AND EXISTS (SELECT FROM live WHERE id = ${id}))", "AND NOT EXISTS (SELECT FROM live WHERE id = ${id}))"],
    ],
    test: "lib/resets/thieves.test.ts",
    only: "who hoards links",
  },
  {
    name: "a reset leaves the thief's session",
    file: "lib/resets/set-new-password.ts",
    changes: [['await endOtherSessions(tx, userId, null, "password_reset")', "0"]],
    test: "lib/resets/resets.test.ts",
    only: "ends every session",
  },
  {
    name: "a reset leaves the invitation that was printed before it",
    file: "lib/resets/set-new-password.ts",
    changes: [["  await endPasswordLinks(tx, userId);\n", ""]],
    test: "lib/resets/resets.test.ts",
    only: "an invitation that the operator printed",
  },
  {
    name: "what a thief asked for outlives a reset",
    file: "lib/resets/set-new-password.ts",
    changes: [['  await endWaiting(tx, userId, { why: "password_changed" });\n', ""]],
    test: "lib/pending/stopped.test.ts",
    only: "when the password is reset",
  },
  {
    name: "whoever has the mailbox and a number takes the owner's app away",
    file: "lib/resets/choosing.ts",
    changes: [["placeOf(provenWith) <= placeOf(kind)", "placeOf(provenWith) >= 0"]],
    test: "lib/resets/thieves.test.ts",
    only: "cannot be stripped of an app",
  },
  {
    name: "whoever has the mailbox and a number makes the owner's codes void",
    file: "lib/resets/choosing.ts",
    changes: [["  if (askable.some((kind) => placeOf(kind) < placeOf(provenWith))) return null;\n", ""]],
    test: "lib/resets/thieves.test.ts",
    only: "with a proof of the strongest kind only",
  },
  {
    name: "a letter that was used proves no mailbox",
    file: "lib/resets/set-new-password.ts",
    changes: [["  if (byLetter) await", "  if (byLetter === null) await"]],
    test: "lib/resets/proven-mailbox.test.ts",
    only: "proves its mailbox when the new one is set",
  },
  {
    name: "a factor that was bound after the alarm leads the thief back",
    file: "lib/account/way-back.ts",
    changes: [["passwordClosedAt: at }", "passwordClosedAt: null }"]],
    test: "lib/account/way-back.test.ts",
    only: "a phone of their own meanwhile",
  },
  {
    name: "a link that was sent before “this was not me” opens afterwards",
    file: "lib/account/contain-account.ts",
    changes: [["  await endPasswordLinks(tx, userId);\n", ""]],
    also: {
      file: "lib/resets/live-reset.ts",
      changes: [["chosenAt !== null && chosenAt > link.createdAt ? null : account", "account"]],
    },
    test: "lib/account/old-links.test.ts",
    only: "this was not me, by a letter",
  },
  {
    name: "the code of an unlock's letter can be guessed",
    file: "lib/unlocks/store.ts",
    changes: [[" AND code_tries > 0\n", " AND code_tries > -1000\n"]],
    test: "lib/unlocks/unlocks.test.ts",
    only: "five wrong codes are the end of one",
  },
  {
    name: "a wrong code of an unlock takes longer where there is a letter",
    file: "lib/unlocks/open-unlock.ts",
    changes: [["    if (isCounted) await", "    if (waiting) await"]],
    test: "lib/unlocks/same-work.test.ts",
    only: "cost the same statements",
  },
  {
    name: "the link of an unlock works in every browser that presses it",
    file: "lib/unlocks/store.ts",
    changes: [
      [
        "AND un.open_hash IS NULL AND un.expires_at > ${ctx.now}\n      AND u.id",
        "AND un.expires_at > ${ctx.now}\n      AND u.id",
      ],
    ],
    test: "lib/unlocks/unlocks.test.ts",
    only: "once; looking spends nothing",
  },
  {
    name: "an unlock outlives the password",
    file: "lib/unlocks/store.ts",
    changes: [
      [
        "AND u.id = un.user_id AND u.credential_version = un.credential_version AND u.disabled_at",
        "AND u.id = un.user_id AND u.disabled_at",
      ],
      [
        "ON u.id = un.user_id AND u.credential_version = un.credential_version\n    WHERE un.open_hash",
        "ON u.id = un.user_id\n    WHERE un.open_hash",
      ],
    ],
    test: "lib/unlocks/unlocks.test.ts",
    only: "when the account has moved",
  },
  {
    name: "an administrator's address that nobody has confirmed opens a way",
    file: "lib/users/contacts/reset-reach.ts",
    changes: [["  isConfirmed || !isAdmin ? email : null", "  isConfirmed || isAdmin || !isAdmin ? email : null"]],
    test: "lib/unlocks/moved-email.test.ts",
    only: "an administrator's address",
  },
  {
    name: "anybody ends anybody's session",
    file: "lib/sessions/store.ts",
    changes: [
      [
        "DELETE FROM sessions WHERE id = ${id} AND user_id = ${userId}`",
        "DELETE FROM sessions WHERE id = ${id} AND ${userId} <> ''`",
      ],
    ],
    test: "lib/sessions/end-by-owner.test.ts",
    only: "somebody else's, a made-up one",
  },
  {
    name: "ending all others leaves their browsers known",
    file: "lib/sessions/end-by-owner.ts",
    changes: [["await deleteOtherDevices(tx, userId, deviceId)", "0"]],
    test: "lib/sessions/end-by-owner.test.ts",
    only: "only this browser stays known",
  },
  {
    name: "what an ended session asked for goes on waiting",
    file: "lib/sessions/end-by-owner.ts",
    changes: [['    await endWaiting(tx, userId, { why: "session_ended", askedIn: id });\n', ""]],
    test: "lib/pending/stopped.test.ts",
    only: "its session is ended by the owner",
  },
  {
    name: "a proof of a weaker kind takes the place of the stronger one's",
    file: "lib/sessions/store.ts",
    changes: [
      [
        "${levelOf(kind)}::int)\n    WHERE s.id = ${id} AND s.user_id = ${userId} AND NOT EXISTS (",
        "${levelOf(kind)}::int)\n    WHERE s.id = ${id} AND s.user_id = ${userId} OR s.id = ${id} AND NOT EXISTS (",
      ],
    ],
    test: "lib/sessions/proof.test.ts",
    only: "of a weaker kind leaves the proof",
  },
  {
    name: "an address that its owner may still take back makes another account",
    file: "lib/registration/store.ts",
    changes: [
      [
        " AND c.expires_at > ${ctx.now} AND c.reverted_at IS NULL",
        " AND c.expires_at < ${ctx.now} AND c.reverted_at IS NULL",
      ],
    ],
    test: "lib/registration/registration.test.ts",
    only: "an address that somebody left",
  },
  {
    name: "a thief whose browser calls itself the command line is told as an administrator",
    file: "lib/account/activity/store.ts",
    changes: [["OR s.request_id IS NULL AND s.agent", "OR s.agent"]],
    test: "lib/account/activity/activity.test.ts",
    only: "what a thief did is not",
  },
  {
    name: "a thief who asks for letters all hour fills the owner's activity",
    file: "lib/account/activity/store.ts",
    changes: [["(s.result = 'refused' OR ${ofStrangers})", "s.result = 'refused'"]],
    test: "lib/account/activity/activity.test.ts",
    only: "what strangers cause with a name",
  },
  {
    name: "a number that an operator typed is told like a proven one",
    file: "lib/notices/told-addresses.ts",
    changes: [["to === null || confirmedAt === null ? []", "to === null ? []"]],
    test: "lib/account/contacts/notice-address.test.ts",
    only: "that an operator typed is written to nobody",
  },
  {
    name: "a thief who puts another number in its place silences the one before",
    file: "lib/account/contacts/login-phone.ts",
    changes: [["  await rememberPhone(tx, userId, replaced);\n", ""]],
    test: "lib/account/contacts/notice-address.test.ts",
    only: "does not silence it: it hears of that, and of a week more",
  },
];
