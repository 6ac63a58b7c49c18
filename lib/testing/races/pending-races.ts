import type { Ctx } from "@/lib/context/context";
import { ensure } from "@/lib/kernel/assert";
import { askForChange } from "@/lib/pending/ask-for-change";
import { doOne } from "@/lib/pending/do-due";
import { vetoByOperator } from "@/lib/pending/veto-change";
import { dueNow } from "@/lib/testing/due-now";
import { type Course, type Race, word } from "@/lib/testing/races/race";
import { makePerson, openSessionFor, withTotp } from "@/lib/testing/test-context";

const kind = "factor.remove";

const eventsOf = (ctx: Ctx, course: Course, name: string) =>
  ctx.db.securityEvent.count({ where: { subjectId: word(course, "userId"), name } });

/** Of two processes each stops and does the same change, at the very instant at which it is due. */
const vetoAgainstDue: Race = {
  name: "a change is due, and stopped at that instant, fifty times",
  prepare: async (ctx) => {
    const person = await makePerson(ctx);
    const { factorId } = await withTotp(ctx, person);
    const { actor } = await openSessionFor(ctx, person);
    await askForChange(ctx, actor, kind, { factorIds: [factorId] });
    return { userId: person.userId, id: await dueNow(ctx, person.userId) };
  },
  attempt: (ctx, course, index) => {
    const [id, userId] = [word(course, "id"), word(course, "userId")];
    return (index >> 1) % 2 === 0 ? vetoByOperator(ctx, id) : doOne(ctx, { id, userId, kind });
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

/** The races of changes that wait. */
export const pendingRaces: readonly Race[] = [vetoAgainstDue];
