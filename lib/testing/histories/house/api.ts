import "@/lib/testing/cheap-hashing";
import { currentUser, logout } from "@/lib/api/account";
import { loginByEmail } from "@/lib/api/logins";
import type { Operation } from "@/lib/api/operation";
import { sendEmail, sendSms } from "@/lib/api/sends";
import { verifyEmail, verifyRecovery, verifySms, verifyTotp } from "@/lib/api/verify";
import { openBearer } from "@/lib/api/who";
import { findApp } from "@/lib/apps/find-app";
import { decodeMfaToken, encodeMfaToken } from "@/lib/auth/mfa-token";
import { registerApp } from "@/lib/operator/register-app";
import { removeApp } from "@/lib/operator/remove-app";
import { show } from "@/lib/testing/histories/house/doors";
import type { Room } from "@/lib/testing/histories/house/room";
import { type Act, type ApiKind, type Said, said } from "@/lib/testing/histories/model/said";
import { appOf, type Program, passwordOf, withCode } from "@/lib/testing/histories/world";

type Doing<Name extends Act["do"]> = (room: Room, act: Extract<Act, { readonly do: Name }>) => Promise<Said>;

const verifications = { totp: verifyTotp, sms: verifySms, email: verifyEmail, recovery: verifyRecovery } as const;
const fieldOf: Readonly<Record<ApiKind, string>> = {
  totp: "totp",
  sms: "code",
  email: "code",
  recovery: "recoveryCode",
};

function programOf({ world }: Room, index: number): Program {
  const program = world.programs[index];
  if (!program) throw new Error(`There is no program ${index}.`);
  return program;
}

/** As `lib/web/api-route` has it, without HTTP: the app first, then what the bearer says to it, then the operation. */
async function call(room: Room, { ip, agent, app: id }: Program, bearer: string | null, asked: Asked) {
  const ctx = { ...room.ctx, now: room.ctx.now, visitor: { ip, agent } };
  const app = await findApp(ctx, id);
  if (app === null) return { code: 403, data: undefined, recoveryCode: undefined };
  return asked.operation.run({ ctx, app, ...(await openBearer(ctx, app, bearer)) }, asked.given);
}

type Asked = { readonly operation: Operation; readonly given: unknown };

const mfaTokenOf = async (room: Room, by: number): Promise<string | null> => {
  const { pass } = programOf(room, by);
  return pass === null ? null : encodeMfaToken(pass, "somebody");
};

/** The number of an answer, with the seconds that it says. */
const inNumbers = ({ code, data }: { readonly code: number; readonly data?: unknown }): Said =>
  said(String(code), isRecord(data) && typeof data.retryAfter === "number" ? { waits: data.retryAfter } : {});

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

const tokenIn = (data: unknown): string | null =>
  isRecord(data) && typeof data.token === "string" ? data.token : null;

/** What the app is told to offer, in its order; what no call of it answers is switched off. */
function offersIn(policies: unknown): string {
  if (!Array.isArray(policies)) return "";
  return policies.map(({ mfaPolicy, status }) => wordOf(String(mfaPolicy), status === 1)).join(" ");
}

const kinds: Readonly<Record<string, string>> = { OTP: "totp", SMS: "sms", EMAIL: "email", PASSKEY: "passkey" };
const wordOf = (policy: string, isOn: boolean): string => (isOn ? (kinds[policy] ?? policy) : `(${kinds[policy]})`);

const plain = { redirect: null, unmasked: false, isDefault: false } as const;

/** An app that is there from the beginning. Straight into its row: operators take turns, and many histories begin at once. */
export async function giveApp({ ctx, world }: Room, app: number, demands: boolean): Promise<void> {
  const id = appOf(world.number, app);
  await ctx.db.app.create({ data: { id, name: id, demands, unmasked: false, isDefault: false, createdAt: ctx.now } });
}

/** The operations of the JSON API, and the operator's commands about its apps. */
export const api: {
  readonly [Name in
    | "apiLogIn"
    | "apiAnswer"
    | "apiSend"
    | "apiLook"
    | "apiLogOut"
    | "removeApp"
    | "registerApp"]: Doing<Name>;
} = {
  apiLogIn: async (room, { client, person, password }) => {
    const program = programOf(room, client);
    const { world } = room;
    const nobody = `nobody-${world.number}@example.test`;
    const email = person === null ? nobody : (world.people[person]?.email ?? "");
    const given = { email, password: passwordOf(password) };
    const reply = await call(room, program, null, { operation: loginByEmail, given });
    if (reply.code === 200) program.userToken = tokenIn(reply.data);
    if (!isRecord(reply.data) || typeof reply.data.mfaToken !== "string") return inNumbers(reply);
    program.pass = decodeMfaToken(reply.data.mfaToken, program.app);
    return said(String(reply.code), { offers: offersIn(reply.data.applicationMfa) });
  },
  apiAnswer: async (room, { client, by, kind, code }) => {
    const program = programOf(room, client);
    const [typed = ""] = Object.values(withCode(room.world, kind, code));
    const asked = { operation: verifications[kind], given: { [fieldOf[kind]]: typed } };
    const reply = await call(room, program, await mfaTokenOf(room, by), asked);
    if (reply.code !== 200) return inNumbers(reply);
    program.userToken = tokenIn(reply.data);
    return said("200", show(room.world, reply.recoveryCode === undefined ? null : { codes: [reply.recoveryCode] }));
  },
  apiSend: async (room, { client, by, kind }) => {
    const operation = kind === "sms" ? sendSms : sendEmail;
    const asked = { operation, given: { scene: "MFA_VERIFY_CODE" } };
    return inNumbers(await call(room, programOf(room, client), await mfaTokenOf(room, by), asked));
  },
  apiLook: async (room, { client, by }) => {
    const bearer = programOf(room, by).userToken;
    return inNumbers(await call(room, programOf(room, client), bearer, { operation: currentUser, given: {} }));
  },
  apiLogOut: async (room, { client, by }) => {
    const bearer = programOf(room, by).userToken;
    return inNumbers(await call(room, programOf(room, client), bearer, { operation: logout, given: {} }));
  },
  removeApp: async ({ ctx, world }, { app }) => {
    await removeApp({ ...ctx, now: ctx.now }, { id: appOf(world.number, app), by: "history" });
    return said("removed");
  },
  registerApp: async ({ ctx, world }, { app }) => {
    const id = appOf(world.number, app);
    const wished = { ...plain, origins: [], servers: [], id, name: id, demands: app === 1 };
    await registerApp({ ...ctx, now: ctx.now }, { app: wished, by: "history" });
    return said("registered");
  },
};
