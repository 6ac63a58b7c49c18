/** Somebody of the fixed cast: in development and in tests only. Their secrets are public, so they open nothing real. */
export type Member = {
  readonly name: string;
  /** What makes them worth having. */
  readonly story: string;
  readonly email: string;
  readonly username: string;
  readonly isAdmin: boolean;
  readonly password: string;
  /** Authenticator apps: a name and a base32 secret of 160 bits. */
  readonly apps: readonly { readonly label: string; readonly secret: string }[];
  /** Numbers and addresses that codes are sent to. */
  readonly addresses: readonly { readonly kind: "sms" | "email"; readonly label: string; readonly to: string }[];
  /** Unused recovery codes, in their canonical form. */
  readonly recoveryCodes: readonly string[];
  /** Strangers have guessed: the password waits, or the authenticator apps are closed to them. */
  readonly trouble: "none" | "password_waits" | "apps_closed";
};

const plain = { isAdmin: false, apps: [], addresses: [], recoveryCodes: [], trouble: "none" } as const;

export const cast: readonly Member[] = [
  {
    ...plain,
    name: "Ada",
    story: "has a password and nothing else",
    email: "ada@example.test",
    username: "ada",
    password: "ten looms weave algebra",
  },
  {
    ...plain,
    name: "Grace",
    story: "answers with an authenticator app",
    email: "grace@example.test",
    username: "grace",
    password: "a moth in relay seventy",
    apps: [{ label: "Phone", secret: "GRACEHOPPERNANOSECONDWIRESOFCOPP" }],
    recoveryCodes: ["0RACE00000000001", "0RACE00000000002", "0RACE00000000003", "0RACE00000000004", "0RACE00000000005"],
  },
  {
    ...plain,
    name: "Alan",
    story: "answers with a code by text message or by e-mail",
    email: "alan@example.test",
    username: "alan",
    password: "an apple beside the machine",
    addresses: [
      { kind: "sms", label: "Work phone", to: "+12025550147" },
      { kind: "email", label: "Private mail", to: "alan@mail.example.test" },
    ],
    recoveryCodes: ["A1AN000000000001", "A1AN000000000002", "A1AN000000000003", "A1AN000000000004"],
  },
  {
    ...plain,
    name: "Hedy",
    story: "has two apps, and only two recovery codes left",
    email: "hedy@example.test",
    username: "hedy",
    password: "eighty eight hopping keys",
    apps: [
      { label: "Phone", secret: "HEDYFREQUENCYHOPPINGPIANOROLLSAB" },
      { label: "Tablet", secret: "HEDYSECONDSECRETONATABLETATHOMEA" },
    ],
    recoveryCodes: ["HEDY000000000001", "HEDY000000000002"],
  },
  {
    ...plain,
    name: "Edsger",
    story: "is locked out for the first hour: strangers guessed at the password",
    email: "edsger@example.test",
    username: "edsger",
    password: "the shortest path is home",
    trouble: "password_waits",
  },
  {
    ...plain,
    name: "Katherine",
    story: "has an app that is closed after too many wrong codes; a recovery code gets her in",
    email: "katherine@example.test",
    username: "katherine",
    password: "orbits checked by hand twice",
    apps: [{ label: "Phone", secret: "KATHERINETRAJECTORYORBITNUMBERSA" }],
    recoveryCodes: ["KATHER0000000001", "KATHER0000000002", "KATHER0000000003", "KATHER0000000004"],
    trouble: "apps_closed",
  },
  {
    ...plain,
    name: "Barbara",
    story: "is an administrator without a factor: with SECOND_FACTOR=admins she must set one up",
    email: "barbara@example.test",
    username: "barbara",
    isAdmin: true,
    password: "substitute types with care",
  },
];

/** The member of that name. Throws when nobody is called so. */
export function member(name: string): Member {
  const found = cast.find((each) => each.name === name);
  if (!found) throw new Error(`Nobody in the cast is called ${name}.`);
  return found;
}
