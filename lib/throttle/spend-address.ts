import { isIPv4, isIPv6 } from "node:net";
import { recordEvent } from "@/lib/audit/record-event";
import { config } from "@/lib/config/config";
import type { Ctx } from "@/lib/context/context";
import { throttleRules, type WindowRule } from "@/lib/policy/throttle-rules";
import { refusal } from "@/lib/throttle/spend-try";
import {
  bucketKey,
  type CountedInWindow,
  claimFirstRefusal,
  countWindowTry,
  uncountInSameWindow,
} from "@/lib/throttle/store";

/** The windows of an address that one try was paid from, near before wide; none for an app's own server. */
export type PaidAddress = readonly CountedInWindow[];

/** Which windows: those of passwords, or those of links (set-up, invitations, the alarm page), so that neither uses up the other's. */
export type AddressDoor = "address" | "links";

/**
 * Pays for one try from the visitor's address: IPv4 /32 and /24, IPv6 /64 and /48, mapped IPv4 folded.
 * Throws `throttle.too_many` when either is used up. An attacker rotates addresses, so this is never the only control.
 * Of a window's refusals only the first is recorded: a flood must not write a row for each request.
 * Out: what paid, so that a right password can have it back.
 */
export async function spendAddress(ctx: Ctx, door: AddressDoor = "address"): Promise<PaidAddress> {
  if (ctx.visitor.isShared === true) return []; // an app's own server: its own window was paid
  const { near, wide } = networksOf(ctx.visitor.ip);
  const nearName = `${door}.near` as const;
  const wideName = `${door}.wide` as const;
  const tries = [
    { name: nearName, key: bucketKey(nearName, near), rule: windowOf(nearName) },
    { name: wideName, key: bucketKey(wideName, wide), rule: windowOf(wideName) },
  ];
  const counted = await Promise.all(tries.map(({ key, rule }) => countWindowTry(ctx, key, rule)));
  const paid = counted.flatMap((one) => (one === null ? [] : [one]));
  const full = tries.find((_, place) => counted[place] === null);
  if (!full) return paid;
  for (const one of paid) await uncountInSameWindow(ctx, one); // a refused try costs nothing: one address cannot use up what its neighbours share
  await recordFirstRefusal(ctx, full.key);
  throw await refusal(ctx, full.name, full.key);
}

/** How many logins one address may try is the operator's to say: an office has many people. Its network has ten times that. */
function windowOf(name: `${AddressDoor}.${"near" | "wide"}`): WindowRule {
  const { loginsPerAddress } = config();
  if (name === "address.near") return { ...throttleRules[name], limit: loginsPerAddress };
  if (name === "address.wide") return { ...throttleRules[name], limit: 10 * loginsPerAddress };
  return throttleRules[name];
}

/** Nobody's account is asked for yet, so the event names nobody. No transaction: in a flood, two statements more for each request. */
async function recordFirstRefusal(ctx: Ctx, key: string): Promise<void> {
  if (!(await claimFirstRefusal(ctx, key))) return;
  await recordEvent(ctx, { name: "login.throttled", result: "refused", subjectId: null, meta: { lane: "address" } });
}

/** The two networks an address is counted in. Anything that is no address counts as one. */
export function networksOf(ip: string): { readonly near: string; readonly wide: string } {
  const mapped = ip.toLowerCase().replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/, "");
  if (isIPv4(mapped)) return { near: mapped, wide: `${mapped.split(".").slice(0, 3).join(".")}.0/24` };
  if (!isIPv6(mapped)) return { near: "unknown", wide: "unknown" };
  const groups = expand(mapped);
  return { near: `${groups.slice(0, 4).join(":")}::/64`, wide: `${groups.slice(0, 3).join(":")}::/48` };
}

/** The eight groups of an IPv6 address without leading zeros. */
function expand(ip: string): string[] {
  const [head = "", tail] = ip.replace(/%.*$/, "").split("::");
  const front = head === "" ? [] : head.split(":");
  const back = tail === undefined || tail === "" ? [] : tail.split(":");
  const middle = tail === undefined ? [] : Array<string>(Math.max(8 - front.length - back.length, 0)).fill("0");
  return [...front, ...middle, ...back].map((group) => group.replace(/^0+(?=.)/, ""));
}
