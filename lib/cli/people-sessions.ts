import { type Command, counted, inColumns, type Outcome } from "@/lib/cli/command";
import { findPerson } from "@/lib/cli/find-person";
import { inWords } from "@/lib/cli/people-invite";
import type { Ctx } from "@/lib/context/context";
import { deviceName } from "@/lib/context/device-name";
import { showEmail } from "@/lib/kernel/email-address";
import { endAllOfPerson, endSessionOfPerson } from "@/lib/operator/end-sessions";
import { listEverySession, type SessionView } from "@/lib/sessions/list-sessions";
import type { Account } from "@/lib/users/user";

export const peopleSessions: Command = {
  name: "people sessions",
  takes: ["EMAIL"],
  flags: {
    end: {
      type: "string",
      shown: "ID|all",
      meaning: "end that session, or all of them and forget their known devices",
    },
  },
  summary: "Show where somebody is logged in, or end it.",
  details:
    "Sessions of the pages and of apps, the last used first. Without --end it changes nothing. An ended session is refused at its very next\nrequest; the person can log in again at once: to keep them out use people disable, to make them choose a new password people invite.",
  run: async ({ ctx, typed }) => {
    const found = await findPerson(ctx, typed.positionals[0] ?? "");
    if ("refusal" in found) return found.refusal;
    const { end } = typed.flags;
    if (typeof end !== "string") return list(ctx, found.account);
    return end === "all" ? endAll(ctx, found.account) : endOne(ctx, found.account, end);
  },
};

/** A session's name, as events have it too. */
const refOf = (id: string) => id.slice(0, 8);

async function list(ctx: Ctx, { id: userId, email }: Account): Promise<Outcome> {
  const { sessions, isWhole } = await listEverySession(ctx, userId);
  const data = { userId, email, sessions: sessions.map(({ id, isThis: _, ...rest }) => ({ id: refOf(id), ...rest })) };
  if (sessions.length === 0) return { kind: "done", text: `${showEmail(email)} is logged in nowhere.`, data };
  const table = inColumns([headings, ...sessions.map(asRow)]);
  return { kind: "done", text: isWhole ? table : `${table}\nThere are more, not used since.`, data };
}

const headings = ["ID", "THROUGH", "BROWSER", "ADDRESS", "PROVEN BY", "BEGAN", "LAST SEEN", "ENDS"];

const asRow = ({ id, clientId, agent, ip, proofs, createdAt, lastSeenAt, expiresAt }: SessionView): string[] => [
  refOf(id),
  clientId,
  deviceName(agent, "en"),
  ip,
  proofs.join(" + "),
  ...[createdAt, lastSeenAt, expiresAt].map(inWords),
];

async function endAll(ctx: Ctx, { id: userId, email }: Account): Promise<Outcome> {
  const { sessions, devices } = await endAllOfPerson(ctx, userId);
  const text = `${showEmail(email)}: ${counted(sessions, "session")} ended, ${counted(devices, "known device")} forgotten.`;
  return { kind: "done", text, data: { userId, email, sessions, devices } };
}

async function endOne(ctx: Ctx, { id: userId, email }: Account, ref: string): Promise<Outcome> {
  if (await endSessionOfPerson(ctx, { userId, ref: refOf(ref) }))
    return {
      kind: "done",
      text: `That session of ${showEmail(email)} is ended.`,
      data: { userId, email, sessions: 1 },
    };
  const text = `${showEmail(email)} has no session ${JSON.stringify(ref)}. To see all of them: npm run portal -- people sessions ${email}`;
  return { kind: "refused", id: "session.unknown", text };
}
