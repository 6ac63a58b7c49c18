import { recordEvent } from "@/lib/audit/record-event";
import { type Ctx, inShortTransaction } from "@/lib/context/context";
import { familyHash, readDeviceCookie, writeDeviceCookie } from "@/lib/sessions/devices/device-cookie";
import { deleteHeldDevice } from "@/lib/sessions/devices/listing/store";

type Forgetting = {
  readonly deviceId: string;
  /** What the browser keeps of its known devices. */
  readonly cookie: string | null;
};

/**
 * Forgets one device by whoever sits before it, logged in or not: only its own browser brings the token that names it, and it only takes away. The
 * tokens of others there stay. Out: what the browser keeps from then on; "" for nothing.
 */
export async function forgetBrowser(ctx: Ctx, { deviceId, cookie }: Forgetting): Promise<string> {
  const tokens = readDeviceCookie(cookie);
  const gone = await inShortTransaction(ctx, async (tx) => {
    const device = await deleteHeldDevice(tx, deviceId, tokens.map(familyHash));
    if (!device) return null;
    const meta = { why: "forgotten_there", count: 1 };
    await recordEvent(tx, { name: "devices.forgotten", subjectId: device.userId, actorId: null, meta });
    return device.tokenHash;
  });
  return writeDeviceCookie(tokens.filter((one) => familyHash(one) !== gone));
}
