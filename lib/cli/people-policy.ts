import type { Command, Outcome } from "@/lib/cli/command";
import { findPerson, noSuchPerson } from "@/lib/cli/find-person";
import { readPolicyFlags } from "@/lib/cli/people-policy-flags";
import { policyInWords, type Standing } from "@/lib/cli/people-policy-words";
import { config } from "@/lib/config/config";
import type { Ctx } from "@/lib/context/context";
import { answerableOf } from "@/lib/factors/on-offer";
import { countActiveByKind } from "@/lib/factors/store";
import { changePolicy, type PolicyChange } from "@/lib/operator/change-policy";
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
    strength: { type: "string", shown: "any|phishing-resistant|default", meaning: "what is strong enough" },
  },
  summary: "Show or change what second factor is asked of one person.",
  details:
    "Without options it shows what holds for them and why, and changes nothing. What is set here goes before the configuration, for this\nperson only; default (for --from: none) takes it back. --demand on holds at once, unless --from names a day. Authenticator apps are\nalways allowed and offered first, email last; administrators can neither bind email nor have it counted. Where only\nphishing-resistant kinds are strong enough, no code is accepted of them any more, and a recovery code lets them bind such a kind, no\nmore. A stricter policy holds at\nthe next request of their open sessions: these can do nothing but set up what is missing. Nobody loses a factor that they have.",
  run: async ({ ctx, typed }) => {
    const email = typed.positionals[0] ?? "";
    const reading = readPolicyFlags(typed.flags);
    if ("mistake" in reading) return { kind: "misused", text: reading.mistake };
    const found = await findPerson(ctx, email);
    if ("refusal" in found) return found.refusal;
    const { change } = reading;
    if (change === null) return show(ctx, found.account);
    if (!leavesSomething(ctx, found.account, change)) return { kind: "misused", text: nothingLeft };
    const changed = await changePolicy(ctx, { userId: found.account.id, change, by: "cli" });
    return changed ? show(ctx, changed) : noSuchPerson(email);
  },
};

/** Whoever may bind nothing can satisfy no demand, and would be kept out for good. */
function leavesSomething(ctx: Ctx, { isAdmin, policy }: Account, change: PolicyChange): boolean {
  const own: unknown = JSON.parse(storedPolicy({ ...readPersonPolicy(policy).policy, ...change }) ?? "null");
  return demandOn({ isAdmin, policy: own }, config().secondFactor, ctx.now).kinds.length > 0;
}

const nothingLeft =
  "With --strength phishing-resistant they could bind nothing: such a kind must stand in SECOND_FACTOR_KINDS, and in their own --kinds if they have any.";

async function show(ctx: Ctx, account: Account): Promise<Outcome> {
  const held = await countActiveByKind(ctx, account.id);
  const rules = config().secondFactor;
  const demand = demandOn(account, rules, ctx.now);
  const { policy: own, isWhole } = readPersonPolicy(account.policy);
  const { email, isAdmin } = account;
  const owes = stillOwed(demand, answerableOf(held, account));
  const standing: Standing = { email, isAdmin, own, isWhole, rules, demand, held, owes };
  const stored: unknown = JSON.parse(storedPolicy(own) ?? "null");
  const data = { userId: account.id, email, isAdmin, own: stored, isWhole, demand, factors: held, owes };
  return { kind: "done", text: policyInWords(standing), data };
}
