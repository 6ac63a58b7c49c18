import { withPatientClient } from "@/lib/backup/patient-client";
import { type Command, counted, type HouseCommand, type Outcome } from "@/lib/cli/command";
import { rawCommandContext } from "@/lib/cli/command-context";
import { withWords } from "@/lib/cli/interrupted";
import { showProgress } from "@/lib/cli/progress";
import { rawOn } from "@/lib/db/raw";
import { type Broken, findBroken, findShut, steps } from "@/lib/invariants/find-broken";
import { invariants } from "@/lib/invariants/invariants";
import { systemClock } from "@/lib/kernel/clock";

type Given = Parameters<HouseCommand["run"]>[0];

export const check: Command = {
  name: "check",
  takes: [],
  flags: {},
  summary: "Go through everything that is stored and say what must not be so.",
  details:
    "Reads all of it as it is at one moment, while the portal runs, and changes nothing: sessions that no login opened, doors passed twice or without their\nevent, factors that nobody confirmed, counters below nothing, sealed values that no key opens. Each with how many, the ids of a few and of\nthe people whose they are (every command that takes EMAIL takes such an id), and what to do.\nExit code 1 where a rule does not hold. Who wrote a row it cannot tell: whether somebody who is no portal changed the record of events is for audit verify. What is wrong around the data (settings, clocks, disk, mail) is the doctor's: npm run portal -- doctor",
  looksOnly: true,
  run: async (given) =>
    told(
      await withWords(
        given.terminal,
        () => "Interrupted: nothing was changed.",
        () => lookThrough(given),
      ),
    ),
};

/** One moment for all questions, on a connection that nothing hurries. */
function lookThrough({ url, typed, terminal }: Given): Promise<readonly Broken[]> {
  const progress = showProgress({ terminal, typed }, "Looking");
  let done = 0;
  const onEach = () => {
    done += 1;
    progress.at(done / steps);
  };
  return withPatientClient(url, async (client) => {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    const db = rawOn(client, false);
    return [...(await findBroken(db, onEach)), ...(await findShut(rawCommandContext(db, systemClock.now()), onEach))];
  }).finally(progress.end);
}

function told(broken: readonly Broken[]): Outcome {
  const data = { rules: steps, broken };
  if (broken.length === 0)
    return { kind: "done", data, text: `All ${invariants.length} rules hold, and every sealed value opens.` };
  const report = `${broken.map(inWords).join("\n\n")}\n`;
  return {
    kind: "refused",
    id: "check.broken",
    data,
    report,
    text: `${counted(broken.length, "rule")} of ${steps} did not hold.`,
  };
}

const inWords = ({ name, what, cure, count, examples, people }: Broken): string => {
  const rows = `${counted(count, "row")} (${examples.join(", ")}${count > examples.length ? ", …" : ""})`;
  const whose = people.length === 0 ? "" : `, of the account ${people.join(", ")}`;
  return `${name}: ${rows}${whose}\n  ${what}\n  → ${cure}`;
};
