import type { Ctx } from "@/lib/context/context";
import { ensure } from "@/lib/kernel/assert";
import { askForChange } from "@/lib/pending/ask-for-change";
import { doOne } from "@/lib/pending/do-due";
import { vetoByLink, vetoByOperator, vetoInSession } from "@/lib/pending/veto-change";
import { newVetoLink } from "@/lib/pending/veto-link";
import { dueNow } from "@/lib/testing/due-now";
import { actorOf, signedIn } from "@/lib/testing/races/insiders";
import { type Course, type Race, word } from "@/lib/testing/races/race";
import { makePerson, withTotp } from "@/lib/testing/test-context";

const kind = "factor.remove";

const eventsOf = (ctx: Ctx, course: Course, name: string) =>
  ctx.db.securityEvent.count({ where: { subjectId: word(course, "userId"), name } });

/** A change that is due at this instant, and all that can stop it. */
async function due(ctx: Ctx): Promise<Course> {
  const person = await makePerson(ctx);
  const { factorId } = await withTotp(ctx, person);
  const course = await signedIn(ctx, person);
  await askForChange(ctx, actorOf(course), kind, { factorIds: [factorId] });
  const id = await dueNow(ctx, person.userId);
  const { hash, link } = newVetoLink(ctx);
  await ctx.db.pendingChange.update({ where: { id }, data: { vetoHash: hash } });
  return { ...course, id, token: link.split("/").at(-1) ?? "" };
}

/** The three doors by which a change is stopped. */
const doors: readonly ((ctx: Ctx, course: Course) => Promise<boolean>)[] = [
  (ctx, course) => vetoByOperator(ctx, word(course, "id")),
  async (ctx, course) => {
    await vetoByLink(ctx, { token: word(course, "token") });
    return true;
  },
  async (ctx, course) => {
    await vetoInSession(ctx, { actor: actorOf(course), id: word(course, "id") });
    return true;
  },
];

const stop = (ctx: Ctx, course: Course, index: number) =>
  doors[index % doors.length]?.(ctx, course) ?? Promise.resolve(false);

/** Of two processes each stops and does the same change, at the very instant at which it is due. */
const vetoAgainstDue: Race = {
  name: "a change is due, and stopped at that instant by three doors, fifty times",
  prepare: due,
  attempt: (ctx, course, index) => {
    const [id, userId] = [word(course, "id"), word(course, "userId")];
    return (index >> 1) % 2 === 0 ? stop(ctx, course, index >> 2) : doOne(ctx, { id, userId, kind });
  },
  count: async (ctx, course) => {
    const row = await ctx.db.pendingChange.findUnique({ where: { id: word(course, "id") } });
    ensure(row, "the change has a row");
    const isDone = row.state === "DONE";
    const left = await ctx.db.factor.count({ where: { userId: word(course, "userId") } });
    return [
      ["over", Number(isDone || row.state === "VETOED"), 1],
      ["factors left", left, isDone ? 0 : 1],
      ["told that it is done", await eventsOf(ctx, course, "pending.done"), isDone ? 1 : 0],
      ["told that it is stopped", await eventsOf(ctx, course, "pending.vetoed"), isDone ? 0 : 1],
      ["removals recorded", await eventsOf(ctx, course, "factor.removed"), isDone ? 1 : 0],
    ];
  },
};

/** One link of a letter about a change that waits, whoever presses it. */
const oneVeto: Race = {
  name: "one link that stops a change, pressed by fifty",
  prepare: due,
  attempt: (ctx, course) => stop(ctx, course, 1),
  count: async (ctx, course) => [
    ["stopped", await ctx.db.pendingChange.count({ where: { id: word(course, "id"), state: "VETOED" } }), 1],
    ["told that it is stopped", await eventsOf(ctx, course, "pending.vetoed"), 1],
  ],
};

/** The races of changes that wait. */
export const pendingRaces: readonly Race[] = [vetoAgainstDue, oneVeto];
