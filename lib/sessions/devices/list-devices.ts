import { config } from "@/lib/config/config";
import type { RawCtx } from "@/lib/context/context";
import { type Demanded, demandOn } from "@/lib/policy/second-factor";
import { type Truster, trustedUntil } from "@/lib/policy/trust";
import { findKnownDevice, type KnownDevice, listKnownDevices } from "@/lib/sessions/devices/listing/store";
import { isOwnId } from "@/lib/sessions/schema";

/** A known device as its owner sees it. `isThis`: the acting session was opened on it. */
export type DeviceView = Omit<KnownDevice, "trustedAt" | "trustedWith"> & {
  readonly isThis: boolean;
  /** Until then no second step is asked there, as the rules are today; null: it is asked. */
  readonly trustedUntil: Date | null;
};

type Asking = Demanded & { readonly userId: string; readonly deviceId: string | null };

/** The person's known devices, the last used first. */
export async function listDevices(ctx: RawCtx, asking: Asking): Promise<readonly DeviceView[]> {
  const view = viewFor(ctx, asking);
  return (await listKnownDevices(ctx, asking.userId)).map(view);
}

/** One of them; null for anybody else's, and for what can be no device. */
export async function findDeviceView(ctx: RawCtx, asking: Asking, id: string): Promise<DeviceView | null> {
  const device = isOwnId(id) ? await findKnownDevice(ctx, asking.userId, id) : null;
  return device && viewFor(ctx, asking)(device);
}

function viewFor(ctx: RawCtx, asking: Asking): (device: KnownDevice) => DeviceView {
  const person: Truster = { isAdmin: asking.isAdmin, demand: demandOn(asking, config().secondFactor, ctx.now) };
  return ({ trustedAt, trustedWith, ...device }) => ({
    ...device,
    isThis: device.id === asking.deviceId,
    trustedUntil:
      trustedAt === null || trustedWith === null
        ? null
        : trustedUntil({ at: trustedAt, with: trustedWith }, person, config().trust, ctx.now),
  });
}
