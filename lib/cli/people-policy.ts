import type { Command, Outcome } from "@/lib/cli/command";
import { findPerson, noSuchPerson } from "@/lib/cli/find-person";
import { readPolicyFlags } from "@/lib/cli/people-policy-flags";
import { policyInWords, type Standing } from "@/lib/cli/people-policy-words";
import { config } from "@/lib/config/config";
import type { Ctx } from "@/lib/context/context";
import { answerableOf } from "@/lib/factors/on-offer";
import { countActiveByKind } from "@/lib/factors/store";
import { changePolicy } from "@/lib/operator/change-policy";
import { readPersonPolicy, storedPolicy } from "@/lib/policy/person-policy";
import { demandOn, stillOwed } from "@/lib/policy/second-factor";
import type { Account } from "@/lib/users/user";

export const peoplePolicy: Command = {
  name: "people policy",
  takes: ["EMAIL"],
  flags: {
    demand: { type: "string", shown: "on|off|default", meaning: "whether they must have a second factor" },
    from: {
      type: "string",
      shown: "DATE|none",
      meaning: "the day from which they must, YYYY-MM-DD, from midnight UTC on",
    },
    kinds: {
      type: "string",
      shown: "LIST|default",
      meaning: "what they may bind, in the order in which it is offered",
    },
    count: { type: "string", shown: "N|default", meaning: "how many second factors, 1 to 3" },
    "email-counts": { type: "string", shown: "yes|no|default", meaning: "whether codes by email are one of them" },
  },
  summary: "Show or change what second factor is asked of one person.",
  details:
    "Without options it shows what holds for them and why, and changes nothing. What is set here goes before the configuration, for this\nperson only; default (for --from: none) takes it back. --demand on holds at once, unless --from names a day. Authenticator apps are\nalways allowed and offered first, email last; administrators can neither bind email nor have it counted. A stricter policy holds at\nthe next request of their open sessions: these can do nothing but set up what is missing. Nobody loses a factor that they have.",
  run: async ({ ctx, typed }) => {
    const email = typed.positionals[0] ?? "";
    const reading = readPolicyFlags(typed.flags);
    if ("mistake" in reading) return { kind: "misused", text: reading.mistake };
    const found = await findPerson(ctx, email);
    if ("refusal" in found) return found.refusal;
    const { change } = reading;
    if (change === null) return show(ctx, found.account);
    const changed = await changePolicy(ctx, { userId: found.account.id, change, by: "cli" });
    return changed ? show(ctx, changed) : noSuchPerson(email);
  },
};

async function show(ctx: Ctx, account: Account): Promise<Outcome> {
  const held = await countActiveByKind(ctx, account.id);
  const rules = config().secondFactor;
  const demand = demandOn(account, rules, ctx.now);
  const { policy: own, isWhole } = readPersonPolicy(account.policy);
  const { email, isAdmin } = account;
  const owes = stillOwed(demand, answerableOf(held));
  const standing: Standing = { email, isAdmin, own, isWhole, rules, demand, held, owes };
  const stored: unknown = JSON.parse(storedPolicy(own) ?? "null");
  const data = { userId: account.id, email, isAdmin, own: stored, isWhole, demand, factors: held, owes };
  return { kind: "done", text: policyInWords(standing), data };
}
