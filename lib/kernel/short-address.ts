import { networksOf } from "@/lib/kernel/networks";

/** An address as it stands in a list, where a glance over a shoulder should not tell all of it: 192.0.2.x, 2001:db8:7:x */
export function shortAddress(ip: string): string {
  const { wide } = networksOf(ip);
  if (wide === "unknown") return "…";
  return wide.includes(":") ? wide.replace("::/48", ":x") : `${wide.slice(0, wide.lastIndexOf(".") + 1)}x`;
}
