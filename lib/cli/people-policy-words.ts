import { inColumns } from "@/lib/cli/command";
import { heldInWords } from "@/lib/cli/people-list";
import { showEmail } from "@/lib/kernel/email-address";
import type { PersonPolicy } from "@/lib/policy/person-policy";
import type { Demand, DemandRules, Held } from "@/lib/policy/second-factor";
import { traits } from "@/lib/policy/traits";

/** All that is to be said about what holds for one person. */
export type Standing = {
  readonly email: string;
  readonly isAdmin: boolean;
  readonly own: PersonPolicy;
  /** False: what is stored for them is damaged. */
  readonly isWhole: boolean;
  readonly rules: DemandRules;
  readonly demand: Demand;
  readonly held: Held;
  readonly owes: number;
};

/** What holds for this person, line by line, and why. */
export function policyInWords(standing: Standing): string {
  const { email, isAdmin, own, isWhole, demand, held, owes } = standing;
  const rows = [
    ["  second factor", demandInWords(demand), whyDemand(standing)],
    ["  may bind", demand.kinds.join(", "), whyKinds(standing)],
    ["  how many", String(demand.count), whose(own.count)],
    [
      "  email counts",
      demand.emailCounts ? "yes" : "no",
      isAdmin ? "never for an administrator" : whose(own.emailCounts),
    ],
    ["  strength", demand.strength, whose(own.strength)],
    ["  has", heldInWords(held), ""],
    ["  owes", String(owes), ""],
  ];
  const title = `${showEmail(email)}${isAdmin ? " (administrator)" : ""}`;
  return [title, inColumns(rows), ...(isWhole ? [] : [damaged])].join("\n");
}

const damaged =
  "What is stored apart for them is damaged: until it is written anew, what can be read of it counts only where it is stricter.";

const day = (moment: Date) => moment.toISOString().slice(0, 10);

function demandInWords({ isDemanded, from }: Demand): string {
  if (isDemanded) return "demanded";
  return from === null ? "offered" : `demanded from ${day(from)} on`;
}

function whyDemand({ own, rules, isAdmin }: Standing): string {
  const until = own.from ?? (own.demand === "on" ? null : rules.from);
  const dated = until === null ? "" : ` from ${day(until)} on (${own.from ? "their own day" : "SECOND_FACTOR_FROM"})`;
  if (own.demand === "off") return "not asked of them, apart from everybody else";
  if (own.demand === "on") return `asked of them apart from everybody else${dated}`;
  if (rules.demand !== "admins") return `SECOND_FACTOR=${rules.demand}${rules.demand === "off" ? "" : dated}`;
  return `SECOND_FACTOR=admins, and they are ${isAdmin ? `one${dated}` : "none"}`;
}

function whyKinds({ own, rules, isAdmin, demand }: Standing): string {
  const wanted = own.kinds ?? rules.kinds;
  const notListed = wanted.filter((kind) => !demand.kinds.includes(kind) && !rules.kinds.includes(kind));
  const remarks = [
    whose(own.kinds),
    ...(notListed.length > 0 ? [`without ${notListed.join(", ")}: not in SECOND_FACTOR_KINDS`] : []),
    ...(isAdmin ? wanted.filter((kind) => !traits[kind].allowedForAdmins).map(neverForAdmins) : []),
  ];
  return remarks.join("; ");
}

const neverForAdmins = (kind: string) => `never ${kind} for an administrator`;

const whose = (own: unknown): string => (own === undefined ? "as for everybody" : "for them apart");
