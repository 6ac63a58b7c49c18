import type { RawCtx } from "@/lib/context/context";
import { findKnownDevice, type KnownDevice, listKnownDevices } from "@/lib/sessions/devices/listing/store";
import { isOwnId } from "@/lib/sessions/schema";

/** A known device as its owner sees it. `isThis`: the acting session was opened on it. */
export type DeviceView = KnownDevice & { readonly isThis: boolean };

type Asking = { readonly userId: string; readonly deviceId: string | null };

/** The person's known devices, the last used first. */
export async function listDevices(ctx: RawCtx, { userId, deviceId }: Asking): Promise<readonly DeviceView[]> {
  return (await listKnownDevices(ctx, userId)).map((device) => ({ ...device, isThis: device.id === deviceId }));
}

/** One of them; null for anybody else's, and for what can be no device. */
export async function findDeviceView(
  ctx: RawCtx,
  { userId, deviceId }: Asking,
  id: string,
): Promise<DeviceView | null> {
  const device = isOwnId(id) ? await findKnownDevice(ctx, userId, id) : null;
  return device && { ...device, isThis: device.id === deviceId };
}
