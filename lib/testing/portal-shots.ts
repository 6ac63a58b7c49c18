import type { Ctx } from "@/lib/context/context";
import { cookieOf } from "@/lib/cookies/cookies";

/** One request of a race: which action, from which page, with which cookie and fields. */
export type Shot = {
  readonly action:
    | "answerAction"
    | "logInAction"
    | "confirmEnrolmentAction"
    | "removeFactorAction"
    | "sendCodeAction"
    | "confirmAtLoginAction"
    | "keepUnaskedAction";
  readonly path: string;
  readonly cookie: string;
  readonly fields: Readonly<Record<string, string>>;
  /** Where a yes leads; to the account's pages unless said otherwise. Null: nowhere, it is said in place. */
  readonly leadsTo?: string | null;
};

/** One call of the JSON API. A yes is a success in its envelope. */
export type ApiShot = {
  readonly clientId: string;
  readonly path: string;
  readonly token: string;
  readonly body: Readonly<Record<string, string>>;
};

/** A round: the requests to release together, and what the rows must say afterwards. `wins` is how many were answered with a yes. */
export type Round = {
  readonly shots: readonly (Shot | ApiShot)[];
  readonly verdict: (wins: number) => Promise<string | null>;
};

export const parallel = 50;

export const times = <T>(make: (n: number) => T): T[] => Array.from({ length: parallel }, (_, n) => make(n));

/** The cookie between the doors. */
export const door = (token: string): string => `${cookieOf("second-door").name}=${token}`;

/** A typed code at the second door. */
export const answer = (cookie: string, kind: string, code: string): Shot => ({
  action: "answerAction",
  path: `/challenge/${kind}`,
  cookie,
  fields: { kind, code },
});

/** One yes, one session, one consumed challenge; null when it is so. */
export async function oneSession(ctx: Ctx, userId: string, wins: number): Promise<string | null> {
  const sessions = await ctx.db.session.count({ where: { userId } });
  const consumed = await ctx.db.challenge.count({ where: { userId, state: "CONSUMED" } });
  const satisfied = await ctx.db.challenge.count({ where: { userId, state: "SATISFIED" } });
  const told = `${wins} yes, ${sessions} sessions, ${consumed} consumed, ${satisfied} satisfied`;
  return wins === 1 && sessions === 1 && consumed === 1 && satisfied === 0 ? null : told;
}
