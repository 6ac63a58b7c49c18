import type { RawCtx } from "@/lib/context/context";
import type { HeldRow } from "@/lib/factors/store";
import { judgeTrust } from "@/lib/sessions/devices/judge-trust";
import type { DeviceTrust } from "@/lib/sessions/devices/store";
import type { Account } from "@/lib/users/user";

/** On which known device a login goes on, if on any, and whether its trust stands for the second step. */
export type AtDevice = { readonly deviceId: string | null; readonly isTrusted: boolean };

type Right = {
  readonly account: Account;
  readonly held: readonly HeldRow[];
  /** Null where the browser counts as a stranger's. */
  readonly deviceId: string | null;
  readonly trust: DeviceTrust | null;
  readonly cookie: string | null;
};

/** The password was right. With nothing bound there is no step to skip, and no trust is used up. One whose trust was copied goes on as a stranger. */
export async function atDevice(ctx: RawCtx, { account, held, deviceId, trust, cookie }: Right): Promise<AtDevice> {
  const holdsNothing = held.every(({ active }) => active === 0);
  if (deviceId === null || trust === null || holdsNothing) return { deviceId, isTrusted: false };
  const use = await judgeTrust(ctx, { person: account, trust, cookie });
  return { deviceId: use === "copied" ? null : deviceId, isTrusted: use === "skips" };
}
