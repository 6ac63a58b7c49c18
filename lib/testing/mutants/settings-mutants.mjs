// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are pieces of code, placeholders and all

/** Faults around settings, first accounts and the command line. */
export const settingsMutants = [
  {
    name: "a # inside a value cuts it off",
    file: "scripts/env-lines.mjs",
    changes: [["const hash = right.search(/\\s#/);", "const hash = right.search(/#/);"]],
    test: "scripts/env-lines.test.ts",
    only: 'sets "C# Club"',
  },
  {
    name: "a line that is not understood is skipped in silence",
    file: "scripts/env-lines.mjs",
    changes: [["if (mistake) mistakes.push(", "if (false) mistakes.push("]],
    test: "scripts/env-lines.test.ts",
    only: "is told by its line, without its value",
  },
  {
    name: "a mistyped key in .env is only mentioned",
    file: "scripts/strange-keys.mjs",
    changes: [["isMistake: one.isOurs }))", "isMistake: false }))"]],
    test: "scripts/strange-keys.test.ts",
    only: "ends the start and asks for",
  },
  {
    name: "a variable of somebody else's shell ends the start",
    file: "scripts/strange-keys.mjs",
    changes: [["isMistake: one.isClose && !set.has(one.meant)", "isMistake: true"]],
    test: "scripts/strange-keys.test.ts",
    only: "that only begins like ours is told",
  },
  {
    name: "any account closes the set-up link",
    file: "lib/setup/store.ts",
    changes: [["EXISTS (SELECT FROM users WHERE is_admin)", "EXISTS (SELECT FROM users)"]],
    test: "lib/links/setup-link.test.ts",
    only: "accounts that were made before leave it good",
  },
  {
    name: "the last administrator's leaving opens the first run again",
    file: "lib/setup/store.ts",
    changes: [["SELECT EXISTS (SELECT FROM first_run) OR EXISTS", "SELECT EXISTS"]],
    test: "lib/links/setup-link.test.ts",
    only: "is known without them and without events",
  },
  {
    name: "who reads the old mailbox stays logged in after the address was changed",
    file: "lib/users/contacts/store.ts",
    changes: [
      [
        "email_confirmed_at = ${confirmedAt}::timestamptz, credential_version = u.credential_version + 1,",
        "email_confirmed_at = ${confirmedAt}::timestamptz, credential_version = u.credential_version,",
      ],
    ],
    also: {
      file: "lib/account/contacts/move-login-email.ts",
      changes: [["await deleteOtherSessions(tx, userId, null)", "0"]],
    },
    test: "lib/cli/people-email.test.ts",
    only: "changes the name that somebody logs in with",
  },
  {
    name: "the old address does not hear of the new one",
    file: "lib/account/contacts/move-login-email.ts",
    changes: [['    also: [{ channel: "mail", to: was }],\n', ""]],
    test: "lib/cli/people-email.test.ts",
    only: "tells the old address",
  },
  {
    name: "a portal below a migration's floor lives on beside it",
    file: "lib/db/migration-history.ts",
    changes: [["if (!isOlder(ownVersion(), floor)) return;", "if (true) return;"]],
    test: "lib/db/migrate.test.ts",
    only: "a portal below the floor is refused",
  },
  {
    name: "what was measured before the clock jumped lets people in after it",
    file: "lib/serve/clock-watch.ts",
    changes: [["if (ahead === null || state.jumps !== before) return;", "if (ahead === null) return;"]],
    test: "lib/serve/clock-watch.test.ts",
    only: "was under way when the clock jumped",
  },
  {
    name: "a form that arrives while the clock jumps is judged by the wrong hour",
    file: "lib/serve/listener.ts",
    changes: [["  if (!isOpen()) {\n", "  if (res.headersSent) {\n"]],
    test: "lib/serve/listener.test.ts",
    only: "is shut while a form is on its way",
  },
];
