"use server";

import { forgetDeviceOf, forgetOtherDevices } from "@/lib/sessions/devices/forget-by-owner";
import { emptyInput, forgetInput } from "@/lib/sessions/schema";
import { formAction } from "@/lib/web/form-action";
import { fresh } from "@/lib/web/guard";
import { leave } from "@/lib/web/leave";

const list = "/security/devices";
const malformed = "sessions.malformed";

export const forgetDeviceAction = formAction(
  { who: fresh("devices.forget", list), input: forgetInput, malformed },
  async ({ ctx, person }, { deviceId }) => {
    await forgetDeviceOf(ctx, { actor: person, id: deviceId });
    return leave(`${list}?done=device`);
  },
);

export const forgetOthersAction = formAction(
  { who: fresh("devices.forget", list), input: emptyInput, malformed },
  async ({ ctx, person }) => leave(`${list}?done=devices&ended=${await forgetOtherDevices(ctx, person)}`),
);
