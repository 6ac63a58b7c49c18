import { type Command, inColumns, type Outcome } from "@/lib/cli/command";
import { inWords } from "@/lib/cli/people-invite";
import { showEmail } from "@/lib/kernel/email-address";
import { changeName } from "@/lib/notices/change-name";
import { vetoByOperator } from "@/lib/pending/veto-change";
import { type ChangeRow, findChange, listAllWaiting } from "@/lib/waiting/store";

const atMost = 200;

export const pendingList: Command = {
  name: "pending list",
  takes: [],
  flags: {},
  summary: "Show the dangerous changes that wait, and until when.",
  details: `At most ${atMost}, what is due first: removing a second factor, another login email or number, removing an address or number, setting a\npassword without the current one, downloading the data of an account, deleting it. Nothing of what they will do is shown but its kind. Changes nothing.`,
  looksOnly: true,
  run: async ({ ctx }) => {
    const changes = await listAllWaiting(ctx, atMost);
    const rows = changes.map((change) => [
      change.id,
      showEmail(change.email),
      change.kind,
      inWords(change.askedAt),
      dueOf(change),
    ]);
    const text = rows.length === 0 ? "No change waits." : inColumns([["ID", "WHO", "CHANGE", "ASKED", "DUE"], ...rows]);
    return { kind: "done", text, data: { changes: changes.map(asData) } };
  },
};

export const pendingShow: Command = {
  name: "pending show",
  takes: ["ID"],
  flags: {},
  summary: "Show one such change: who asked, from where, and what became of it.",
  details: "Also for 30 days after it was done, stopped or refused. Changes nothing.",
  looksOnly: true,
  run: async ({ ctx, typed }) => {
    const id = typed.positionals[0] ?? "";
    const change = await findChange(ctx, id);
    if (!change) return unknown(id);
    const { kind, state, askedAt, ip, agent, endedAt, why, waitHours } = change;
    const rows = [
      ["Account", showEmail(change.email)],
      ["Change", `${kind} (${changeName(kind, "en")})`],
      ["State", why === null ? state : `${state} (${why})`],
      ["Asked", `${inWords(askedAt)} from ${ip}, ${agent}`],
      ["Waits", `${waitHours} h`],
      ["Due", dueOf(change)],
      ["Ended", endedAt === null ? "-" : inWords(endedAt)],
    ];
    return { kind: "done", text: inColumns(rows), data: { change: asData(change) } };
  },
};

export const pendingVeto: Command = {
  name: "pending veto",
  takes: ["ID"],
  flags: {},
  summary: "Stop a change that waits.",
  details: "Its owner is told at every address, and may ask for it again. Nothing else of the account changes.",
  run: async ({ ctx, typed }) => {
    const id = typed.positionals[0] ?? "";
    const change = await findChange(ctx, id);
    if (!change) return unknown(id);
    if (await vetoByOperator(ctx, id))
      return {
        kind: "done",
        text: `Stopped: ${changeName(change.kind, "en")}, of ${showEmail(change.email)}.`,
        data: { id },
      };
    const text = "It waits no more: it was done, stopped, refused, or replaced by a newer one.";
    return { kind: "refused", id: "change.over", text };
  },
};

const dueOf = ({ dueAt, waitHours }: ChangeRow): string =>
  dueAt === null ? `${waitHours} h after its letter has left` : inWords(dueAt);

function asData({ id, userId, kind, state, askedAt, ip, agent, waitHours, dueAt, endedAt, why }: ChangeRow) {
  return { id, userId, kind, state, askedAt, ip, agent, waitHours, dueAt, endedAt, why };
}

const unknown = (id: string): Outcome => ({
  kind: "refused",
  id: "change.unknown",
  text: `There is no change ${JSON.stringify(id)}. To see what waits: npm run portal -- pending list`,
});
