// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are pieces of code, placeholders and all

/** Faults in registration and in disabling accounts; see `mutants.mjs`. */
export const registrationMutants = [
  {
    name: "somebody who has an account gets the link of a new one",
    file: "lib/registration/ask-to-register.ts",
    changes: [["    holder === null\n", "    holder !== undefined\n"]],
    test: "lib/registration/registration.test.ts",
    only: "a thief who asks with it learns nothing",
  },
  {
    name: "one address may ask for accounts without end",
    file: "lib/registration/ask-to-register.ts",
    changes: [['consumingAddress(ctx, "register", () => ', "((work: () => Promise<void>) => work())(() => "]],
    test: "lib/registration/registration.test.ts",
    only: "from one address is refused",
  },
  {
    name: "a portal that is closed again makes accounts by its old links",
    file: "lib/registration/register.ts",
    changes: [['  if (config().registration !== "open") return null;\n', ""]],
    test: "lib/registration/registration.test.ts",
    only: "nobody asks, and a link of before makes nothing",
  },
  {
    name: "the last administrator can be disabled",
    file: "lib/users/store.ts",
    changes: [[" AND o.password_hash IS NOT NULL AND o.id <> u.id", " AND o.password_hash IS NOT NULL"]],
    test: "lib/cli/people-disable.test.ts",
    only: "never shuts the last administrator",
  },
];
