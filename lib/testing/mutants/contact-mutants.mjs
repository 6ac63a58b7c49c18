// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are pieces of code, placeholders and all

/** Faults in how people are reached, and how a change of that is taken back; see `mutants.mjs`. */
export const contactMutants = [
  {
    name: "a login e-mail that somebody else has can be proven by its code",
    file: "lib/account/contacts/begin-proof.ts",
    changes: [
      [
        'const holder = purpose === "login" || purpose === "phone" ? await findHolder(ctx, address, actor.userId) : null;',
        "const holder = await findHolder(ctx, address, actor.sessionId).then(() => null);",
      ],
    ],
    test: "lib/account/contacts/login-email.test.ts",
    only: "its mailbox gets a letter in the place of the code",
  },
  {
    name: "the old address is anybody's at once",
    file: "lib/users/contacts/store.ts",
    changes: [["return rows[0]?.is === true;", "return false && rows[0]?.is === true;"]],
    test: "lib/account/contacts/login-email.test.ts",
    only: "is nobody else's for three days",
  },
  {
    name: "who made a later change takes the account back from whom took it back",
    file: "lib/account/contacts/store.ts",
    changes: [["AND e.changed_at >= c.changed_at AND e.reverted_at IS NULL", "AND false"]],
    test: "lib/account/contacts/login-email.test.ts",
    only: "loses everything to the first mailbox",
  },
  {
    name: "a change that is taken back leaves the thief's password",
    file: "lib/account/contacts/revert-email.ts",
    changes: [
      [
        "  await dropPassword(tx, userId, changedAt); // whichever it is by now: whoever changed the address may have changed it too\n",
        "",
      ],
    ],
    test: "lib/account/contacts/login-email.test.ts",
    only: "loses everything to the first mailbox",
  },
  {
    name: "an address that was removed hears of nothing more",
    file: "lib/notices/store.ts",
    changes: [["(n.ended_at IS NULL OR n.ended_at > ${", "(n.ended_at IS NULL AND n.created_at > ${"]],
    test: "lib/account/contacts/notice-address.test.ts",
    only: "does not silence it",
  },
  {
    name: "once a change is taken back, the mailbox alone resets the password",
    file: "lib/users/contacts/store.ts",
    changes: [
      [
        "AND c.expires_at > ${ctx.now} AND c.settled_at IS NULL), '[]')",
        "AND c.expires_at > ${ctx.now} AND c.reverted_at IS NULL), '[]')",
      ],
    ],
    test: "lib/account/contacts/reset-reach.test.ts",
    only: "gets no way in by a reset",
  },
  {
    name: "a number that an operator typed cannot be proven",
    file: "lib/account/contacts/proof-target.ts",
    changes: [["address === own.phone && own.isPhoneProven", "address === own.phone"]],
    test: "lib/pending/contacts.test.ts",
    only: "is proven by typing it again",
  },
];
