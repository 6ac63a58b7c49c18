"use server";

import { renameDevice } from "@/lib/account/rename-device";
import { forgetDeviceOf, forgetOtherDevices } from "@/lib/sessions/devices/forget-by-owner";
import { withdrawTrustOf } from "@/lib/sessions/devices/withdraw-trust";
import { emptyInput, forgetInput, renameDeviceInput } from "@/lib/sessions/schema";
import { formAction } from "@/lib/web/form-action";
import { fresh, signedIn } from "@/lib/web/guard";
import { leaveSaying } from "@/lib/web/said";

const list = "/security/devices";
const malformed = "sessions.malformed";

export const forgetDeviceAction = formAction(
  { who: fresh("devices.forget", list), input: forgetInput, malformed },
  async ({ ctx, person }, { deviceId }) => {
    await forgetDeviceOf(ctx, { actor: person, id: deviceId });
    return leaveSaying(`${list}?done=device`);
  },
);

export const forgetOthersAction = formAction(
  { who: fresh("devices.forget", list), input: emptyInput, malformed },
  async ({ ctx, person }) => leaveSaying(`${list}?done=devices&ended=${await forgetOtherDevices(ctx, person)}`),
);

export const renameDeviceAction = formAction(
  { who: signedIn, input: renameDeviceInput, malformed, keep: ["label"] },
  async ({ ctx, person }, { deviceId, label }) => {
    await renameDevice(ctx, { actor: person, id: deviceId, label });
    return leaveSaying(`${list}?done=renamed`);
  },
);

export const withdrawTrustAction = formAction(
  { who: signedIn, input: forgetInput, malformed },
  async ({ ctx, person }, { deviceId }) => {
    await withdrawTrustOf(ctx, { actor: person, id: deviceId });
    return leaveSaying(`${list}?done=untrusted`);
  },
);
