import { encodeMfaToken } from "@/lib/auth/mfa-token";
import type { Pass } from "@/lib/challenge/challenge";
import { beginAtLogin } from "@/lib/challenge/enrol-at-login";
import { startLogin } from "@/lib/challenge/start-login";
import type { Ctx } from "@/lib/context/context";
import { seal } from "@/lib/crypto/seal";
import { strategies } from "@/lib/factors/registry";
import { ensure } from "@/lib/kernel/assert";
import { systemClock } from "@/lib/kernel/clock";
import { systemRandom } from "@/lib/kernel/random";
import { inSteps } from "@/lib/testing/bench-people";
import { numberIn } from "@/lib/testing/numbers";
import { findAccount } from "@/lib/users/store";

type SentCodeKind = "sms" | "email";

/** One request to be measured: whose address it is about, with which cookie and fields. */
export type Measured = {
  readonly kind: "somebody's" | "nobody's";
  readonly token: string;
  readonly fields: Readonly<Record<string, string>>;
};

/** Accounts with half-finished logins, made just before they are measured; half of the addresses are bound by another account too. */
export type Stage = {
  readonly name: string;
  readonly action: "beginAtLoginAction" | "confirmAtLoginAction" | "sendCodeAction";
  readonly path: string;
  /** What the answer must be about, so that nothing else is measured by mistake. */
  readonly says: string;
  readonly prepare: (ctx: Ctx, each: number) => Promise<readonly Measured[]>;
};

/** What is asked about addresses: to begin with one, to type a wrong code for one, to have a code sent to one. */
export const stages: readonly Stage[] = [
  beginStage("sms"),
  beginStage("email"),
  verifyStage("sms", "000000"),
  verifyStage("email", "00000000"),
  {
    name: "send to a bound number",
    action: "sendCodeAction",
    path: "/challenge/sms",
    says: "/challenge/sms",
    prepare: async (ctx, each) => {
      const people = await makePeople(ctx, "sms", each);
      await bind(ctx, "sms", people, "own");
      return loggedIn(people, async ({ userId }) => openLogin(at(ctx), userId), { kind: "sms" });
    },
  },
];

function beginStage(kind: SentCodeKind): Stage {
  return {
    name: `begin by ${kind}`,
    action: "beginAtLoginAction",
    path: `/enrol/${kind}`,
    says: `/enrol/${kind}`,
    prepare: async (ctx, each) => {
      const people = await makePeople(ctx, kind, each);
      const given = ({ address }: Person) => ({ kind, destination: address });
      return loggedIn(people, async ({ userId }) => openLogin(at(ctx), userId), given);
    },
  };
}

function verifyStage(kind: SentCodeKind, code: string): Stage {
  return {
    name: `a wrong code by ${kind}`,
    action: "confirmAtLoginAction",
    path: `/enrol/${kind}`,
    says: `${kind}.wrong_code`,
    prepare: async (ctx, each) => {
      const people = await makePeople(ctx, kind, each);
      const begin = async ({ userId, address, ip }: Person) => {
        const then = { ...at(ctx), visitor: { ip, agent: "timing" } };
        const pass = await openLogin(then, userId);
        return (await beginAtLogin(then, { pass, kind, given: { destination: address } })).pass ?? pass;
      };
      const measured = await loggedIn(people, begin, { kind, code, label: "" });
      await ctx.db.letter.deleteMany(); // the outbox worker must not be carrying them while it is measured
      return measured;
    },
  };
}

type Person = {
  readonly userId: string;
  readonly address: string;
  readonly ip: string;
  readonly kind: Measured["kind"];
};

let made = 0;

/** `each` accounts of both kinds that must bind a factor: every one with an address, a block and a network of its own. */
async function makePeople(ctx: Ctx, kind: SentCodeKind, each: number): Promise<readonly Person[]> {
  const people = Array.from({ length: 2 * each }, (_, n) => {
    made += 1;
    const address = kind === "sms" ? numberIn(made, made) : `address-${made}@mail.example.test`;
    const ip = `10.${128 + (made >> 8)}.${made & 255}.1`;
    return { userId: systemRandom.id(), address, ip, kind: n % 2 === 0 ? "somebody's" : "nobody's" } as const;
  });
  await insertAccounts(
    ctx,
    people.map(({ userId }) => ({ id: userId, email: `${userId.toLowerCase()}@example.test` })),
  );
  const shared = people.filter((one) => one.kind === "somebody's");
  const others = shared.map((one) => ({ ...one, userId: systemRandom.id() }));
  await insertAccounts(
    ctx,
    others.map(({ userId, address }) => ({
      id: userId,
      email: kind === "email" ? address : `${userId.toLowerCase()}@example.test`,
    })),
  );
  await bind(ctx, kind, others, "theirs");
  return people;
}

async function insertAccounts(ctx: Ctx, accounts: readonly { id: string; email: string }[]): Promise<void> {
  const policy = { demand: "on" };
  const data = accounts.map((account) => ({ ...account, isAdmin: false, policy, createdAt: systemClock.now() }));
  await ctx.db.user.createMany({ data });
}

/** Binds their addresses to these people. */
async function bind(ctx: Ctx, kind: SentCodeKind, people: readonly Person[], label: string): Promise<void> {
  const now = systemClock.now();
  await ctx.db.factor.createMany({
    data: people.map(({ userId, address }) => {
      const id = systemRandom.id();
      const begun = strategies[kind].enrolment?.begin(ctx, { userId, email: "" }, { destination: address });
      ensure(begun?.secret && begun.handle, `a number or an address can be bound: ${kind}`);
      const secret = seal(begun.secret, { use: "enc:factor", owner: [userId, id] });
      const moments = { createdAt: now, confirmedAt: now };
      return { id, userId, kind, state: "ACTIVE", label, secret, handle: begun.handle, ...moments };
    }),
  });
}

const at = (ctx: Ctx): Ctx => ({ ...ctx, now: systemClock.now() });

async function openLogin(ctx: Ctx, userId: string): Promise<Pass> {
  const account = await findAccount(ctx, userId);
  ensure(account, "the person has an account");
  return (await startLogin(ctx, { account, amr: ["pwd"], deviceId: null, returnTo: "/security" })).pass;
}

type Fields = Measured["fields"];

function loggedIn(
  people: readonly Person[],
  open: (person: Person) => Promise<Pass>,
  fields: Fields | ((person: Person) => Fields),
): Promise<Measured[]> {
  return inSteps(people, async (person) => ({
    kind: person.kind,
    token: await encodeMfaToken(await open(person), person.userId),
    fields: typeof fields === "function" ? fields(person) : fields,
  }));
}
