import { type Command, counted, type Outcome } from "@/lib/cli/command";
import type { Finding, Level } from "@/lib/doctor/finding";
import { lookAround } from "@/lib/doctor/look-around";
import { shareText } from "@/lib/doctor/share";

export const doctor: Command = {
  name: "doctor",
  takes: [],
  flags: {
    share: {
      type: "boolean",
      shown: "",
      meaning: "print a text for a bug report: no secret, no address, nobody's name",
    },
  },
  summary: "Look at everything and say what is wrong, and what to do about it.",
  details:
    "Changes nothing and starts nothing. It runs whatever is wrong: mistakes in the settings, a database that is away, a portal that does not start.\nThree levels: a fault (people cannot get in, or something is being lost), a warning (it will come to that), a hint (worth knowing, and perhaps meant so).\nExit code 1 where there is a fault.",
  runAnyway: async ({ house, typed }) => {
    const findings = await lookAround(house);
    if (typed.flags.share !== true) return told(findings);
    const text = await shareText(house, findings);
    return { kind: "done", data: { text }, text };
  },
};

function told(findings: readonly Finding[]): Outcome {
  const count = (level: Level) => findings.filter((each) => each.level === level).length;
  const [faults, warnings, hints] = [count("fault"), count("warning"), count("hint")];
  const data = { findings, faults, warnings, hints };
  if (findings.length === 0) return { kind: "done", data, text: "Nothing is wrong, as far as can be seen from here." };
  const report = `${findings.map(inWords).join("\n\n")}\n`;
  const sum = `${counted(faults, "fault")}, ${counted(warnings, "warning")}, ${counted(hints, "hint")}.`;
  if (faults === 0) return { kind: "done", data, text: `${report}\n${sum}` };
  return { kind: "refused", id: "doctor.faults", data, report, text: sum };
}

const called: Readonly<Record<Level, string>> = { fault: "FAULT", warning: "WARNING", hint: "HINT" };

const inWords = ({ id, level, what, cure }: Finding): string => `${called[level]} ${id}\n  ${what}\n  → ${cure}`;
