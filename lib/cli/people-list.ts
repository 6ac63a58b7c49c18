import { type Command, inColumns } from "@/lib/cli/command";
import { inWords } from "@/lib/cli/people-invite";
import { listPeople, type PersonLine } from "@/lib/overview/list-people";

export const peopleList: Command = {
  name: "people list",
  takes: [],
  flags: {},
  summary: "Show every account and what protects it.",
  details: "State: invited (no password yet), active or disabled. Changes nothing.",
  run: async ({ ctx }) => {
    const people = await listPeople(ctx);
    const text =
      people.length === 0
        ? "There is no account yet. For a link to make the first one: npm run portal -- setup-link"
        : inColumns([headings, ...people.map(asRow)]);
    return { kind: "done", text, data: { people } };
  },
};

const headings = ["EMAIL", "USERNAME", "ROLE", "STATE", "FACTORS", "CODES", "LAST LOGIN", "PASSWORD WAITS UNTIL"];

function asRow(person: PersonLine): string[] {
  const { email, username, isAdmin, state, factors, recoveryCodes, lastLoginAt, passwordWaitsUntil } = person;
  const moment = (at: Date | null) => (at ? inWords(at) : "-");
  const counts = [String(factors), String(recoveryCodes)];
  const role = isAdmin ? "admin" : "person";
  return [email, username ?? "-", role, state, ...counts, moment(lastLoginAt), moment(passwordWaitsUntil)];
}
