import { reachesThisDay } from "@/lib/audit/seals/release-old";
import type { Ctx } from "@/lib/context/context";
import { rawOf } from "@/lib/db/client";
import { type Finding, fault, hint, warning } from "@/lib/doctor/finding";
import type { Look, Opened } from "@/lib/doctor/house";
import { countAdministrators, countClosedPasswords, countLateChanges, findOldestEvent } from "@/lib/doctor/store";
import { days, earlier } from "@/lib/kernel/duration";
import { doctorRules } from "@/lib/policy/doctor-rules";
import { policy } from "@/lib/policy/policy";
import { countDoneUntold, countUntold } from "@/lib/waiting/untold/store";

/** Can anybody help the others, and who is kept out? */
export const lookAtPeople: Look<Opened> = async ({ database: { ctx } }) => {
  const { ever, able } = await countAdministrators(ctx);
  const closed = await countClosedPasswords(ctx, policy.password.strangersFailures);
  const found: Finding[] = [];
  if (!ever)
    found.push(
      hint(
        "people.first",
        "There has never been an administrator here: the first run is not over.",
        "Make a new link for the first one: npm run portal -- setup-link",
      ),
    );
  if (ever && able === 0)
    found.push(
      fault(
        "people.no_administrator",
        "Nobody is administrator who could log in: all of them are disabled, or never took up their invitation.",
        "Let one in again (people enable, people invite), or make one: npm run portal -- people add EMAIL --admin",
      ),
    );
  if (closed > 0)
    found.push(
      warning(
        "people.closed",
        `Accounts whose password was tried wrong so often in a row that only their known devices are let in: ${closed}. Somebody may be guessing.`,
        "Once you know who is asking, open theirs: npm run portal -- people unlock EMAIL",
      ),
    );
  return found;
};

/** What should have been done or swept by now. */
export const lookAtUpkeep: Look<Opened> = async ({ config, database: { ctx } }) => {
  const late = await countLateChanges(ctx, doctorRules.changeLate);
  const oldest = await findOldestEvent(ctx);
  const found: Finding[] = [...(await untoldChanges(ctx))];
  if (late > 0)
    found.push(
      warning(
        "changes.late",
        `Changes of accounts that have waited their time and are not done: ${late}.`,
        "A portal that lives and whose clock is right does them within seconds: look at both, then at the changes: npm run portal -- pending list",
      ),
    );
  const due = earlier(earlier(ctx.now, days(config.eventsKeptDays)), doctorRules.sweepLate);
  if (oldest !== null && oldest < due && (await reachesThisDay(rawOf(ctx.db), ctx.now)))
    found.push(
      warning(
        "events.old",
        "Events are kept longer than they should be: nothing has been swept for days.",
        "Let a portal run whose clock is right, and see its log for sweep.failed and sweep.skipped.",
      ),
    );
  return found;
};

async function untoldChanges(ctx: Ctx): Promise<readonly Finding[]> {
  const [wait, done] = [await countUntold(ctx), await countDoneUntold(ctx)];
  const found: Finding[] = [];
  if (wait > 0)
    found.push(
      warning(
        "changes.untold",
        `Changes of accounts that wait, and of which no letter could tell anybody: ${wait}. A thief may have asked for them.`,
        "Ask the people by a way that you trust, and stop what they do not want (pending veto ID). Which ones: npm run portal -- pending list",
      ),
    );
  if (done > 0)
    found.push(
      warning(
        "changes.done_untold",
        `Changes of accounts that were done, and of which no letter has told anybody yet: ${done}. A thief may have asked for them.`,
        "Turn mail on: the letters that wait tell administrators whose they are. So do the events pending.untold: npm run portal -- audit export -",
      ),
    );
  return found;
}
