import { type Command, inColumns } from "@/lib/cli/command";
import { inWords } from "@/lib/cli/people-invite";
import { showEmail } from "@/lib/kernel/email-address";
import { listPeople, type PersonLine } from "@/lib/operator/list-people";
import { type Held, kindsOf } from "@/lib/policy/second-factor";

export const peopleList: Command = {
  name: "people list",
  takes: [],
  flags: {},
  summary: "Show every account and what protects it.",
  details:
    "State: invited (no password yet), active or disabled. Owes: how many second factors policy asks of them now that they do not have;\na star marks people with a policy of their own (people policy EMAIL). Changes nothing.",
  looksOnly: true,
  run: async ({ ctx }) => {
    const people = await listPeople(ctx);
    const text =
      people.length === 0
        ? "There is no account yet. For a link to make the first one: npm run portal -- setup-link"
        : inColumns([headings, ...people.map(asRow)]);
    return { kind: "done", text, data: { people } };
  },
};

const headings = [
  "EMAIL",
  "USERNAME",
  "PHONE",
  "ROLE",
  "STATE",
  "FACTORS",
  "OWES",
  "CODES",
  "LAST LOGIN",
  "PASSWORD WAITS UNTIL",
];

function asRow(person: PersonLine): string[] {
  const { email, username, phone, isAdmin, state, recoveryCodes, lastLoginAt, passwordWaitsUntil } = person;
  const moment = (at: Date | null) => (at ? inWords(at) : "-");
  const counts = [
    heldInWords(person.factors),
    `${person.owes}${person.hasOwnPolicy ? " *" : ""}`,
    String(recoveryCodes),
  ];
  const role = isAdmin ? "admin" : "person";
  return [
    showEmail(email),
    username ?? "-",
    phone ?? "-",
    role,
    state,
    ...counts,
    moment(lastLoginAt),
    moment(passwordWaitsUntil),
  ];
}

/** `totp, 2 sms`; a dash for nothing. */
export function heldInWords(held: Held): string {
  const words = kindsOf(held).map((kind) => (held[kind] === 1 ? kind : `${held[kind]} ${kind}`));
  return words.join(", ") || "-";
}
