import "@/lib/testing/cheap-hashing";
import { askForChange } from "@/lib/pending/ask-for-change";
import { askForPassword } from "@/lib/pending/ask-for-password";
import { askToRemoveFactor } from "@/lib/pending/ask-to-remove";
import { doOne } from "@/lib/pending/do-due";
import { vetoByLink, vetoInSession } from "@/lib/pending/veto-change";
import { actorOf } from "@/lib/sessions/acting-session";
import { inSession, type Room } from "@/lib/testing/histories/house/room";
import { type Act, type Said, said, strangersAddress } from "@/lib/testing/histories/model/said";
import type { ChangeKind } from "@/lib/testing/histories/model/state";
import { passwordOf } from "@/lib/testing/histories/world";
import { beginWait } from "@/lib/waiting/store";

const whose = ({ world }: Room, person: number) => world.people[person]?.userId ?? "";

/** The newest change of a kind that somebody asked for, in whatever state. */
async function lastChange(room: Room, person: number, kind: ChangeKind): Promise<string> {
  const where = { userId: whose(room, person), kind };
  return (await room.ctx.db.pendingChange.findFirst({ where, orderBy: { askedAt: "desc" } }))?.id ?? "none";
}

type Doing<Name extends Act["do"]> = (room: Room, act: Extract<Act, { readonly do: Name }>) => Promise<Said>;

/** What somebody asks for, and what stops it. */
export const changes: {
  readonly [Name in
    | "remove"
    | "askForData"
    | "askForDeletion"
    | "askForPassword"
    | "veto"
    | "vetoByLink"
    | "due"]: Doing<Name>;
} = {
  remove: (room, { browser: index, factor }) =>
    inSession(room, index, { fresh: "factor.remove" }, async ({ ctx, browser, session }) => {
      const factorId = room.world.secrets.get(factor)?.factorId ?? "none";
      const asked = await askToRemoveFactor(ctx, { actor: actorOf(session), factorId });
      if (!asked.done) return said("waits");
      browser.session = asked.kept?.sessionToken ?? null;
      return said("removed", { ends: asked.kept?.endedSessions ?? 0 });
    }),
  askForData: (room, { browser }) =>
    inSession(room, browser, { fresh: "data.download" }, async ({ ctx, session }) => {
      const { done } = await askForChange(ctx, actorOf(session), "data.download", {});
      return said(done ? "allowed" : "waits");
    }),
  askForDeletion: (room, { browser }) =>
    inSession(room, browser, { fresh: "account.delete" }, async ({ ctx, session }) => {
      const { done } = await askForChange(ctx, actorOf(session), "account.delete", {});
      return said(done ? "allowed" : "waits");
    }),
  askForPassword: (room, { browser, next }) =>
    inSession(room, browser, { fresh: "password.change" }, async ({ ctx, session }) => {
      const asking = { actor: actorOf(session), held: session.kinds, next: passwordOf(next) };
      return said((await askForPassword(ctx, asking)).done ? "allowed" : "waits");
    }),
  veto: (room, { browser, person, kind }) =>
    inSession(room, browser, { fresh: "change.veto" }, async ({ ctx, session }) => {
      await vetoInSession(ctx, { actor: actorOf(session), id: await lastChange(room, person, kind) });
      return said("stopped");
    }),
  vetoByLink: async (room, { person, kind }) => {
    const token = room.world.links.get(`${person} ${kind}`)?.split("/").at(-1) ?? "";
    const stranger = { ip: strangersAddress(room.world.number, 0xffff), agent: "A mail program" };
    await vetoByLink({ ...room.ctx, now: room.ctx.now, visitor: stranger }, { token });
    return said("stopped");
  },
  due: (room, { person }) => lookForDue(room, person),
};

/**
 * The runner's look, for one person alone: many histories share the database, each with an hour of its own. Letters have left by then. Everything that waits is held
 * out to the house, due or not: what is waited for until it is due is the house's to know, and not this file's.
 */
async function lookForDue(room: Room, person: number): Promise<Said> {
  const ctx = { ...room.ctx, now: room.ctx.now };
  const where = { userId: whose(room, person), state: "WAITING" };
  const waiting = await ctx.db.pendingChange.findMany({ where, orderBy: [{ dueAt: "asc" }, { kind: "asc" }] });
  for (const { id, dueAt, waitHours } of waiting)
    if (dueAt === null) await beginWait(ctx, id, { at: ctx.now, hours: waitHours });
  for (const { id, userId, kind } of waiting) await doOne(ctx, { id, userId, kind });
  return said("looked");
}
