import { isIPv4, isIPv6 } from "node:net";
import type { Ctx } from "@/lib/context/context";
import { throttleRules } from "@/lib/policy/throttle-rules";
import { refundTry } from "@/lib/throttle/refund-try";
import { refusal } from "@/lib/throttle/spend-try";
import { bucketKey, countWindowTries } from "@/lib/throttle/store";

/**
 * Pays for one try from the visitor's address: IPv4 /32 and /24, IPv6 /64 and /48, mapped IPv4 folded.
 * Throws `throttle.too_many` when either is used up. An attacker rotates addresses, so this is never the only control.
 */
export async function spendAddress(ctx: Ctx): Promise<void> {
  const { near, wide } = networksOf(ctx.visitor.ip);
  const tries = [
    { key: bucketKey("address.near", near), rule: throttleRules["address.near"] },
    { key: bucketKey("address.wide", wide), rule: throttleRules["address.wide"] },
  ];
  const counted = await countWindowTries(ctx, tries);
  const full = tries.find(({ key }) => !counted.includes(key));
  if (!full) return;
  await refundTry(ctx, counted); // a refused try costs nothing: one address cannot use up what its neighbours share
  throw await refusal(ctx, full.key.startsWith("address.near") ? "address.near" : "address.wide", full.key);
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
