import { containAccount } from "@/lib/account/contain-account";
import type { Ctx } from "@/lib/context/context";
import { type AlarmKind, newAlarmLink } from "@/lib/links/alarm-link";
import type { House } from "@/lib/testing/story";
import type { TestPerson } from "@/lib/testing/test-context";

/** A password that somebody chooses after an alarm. */
export const next = "nine slow ferries to nowhere";

/** What stands behind the last slash of a link. */
export const tokenOf = (link: string | null) => link?.split("/").at(-1) ?? "";

/** An alarm whose link a person has, and its button. */
export const alarmsOf = (house: House) => ({
  alarmFor: async ({ userId }: Pick<TestPerson, "userId">, kind: AlarmKind = "device.new") =>
    tokenOf(await newAlarmLink(house.ctx, { kind, userId, challengeId: null })),
  press: (token: string, ctx: Ctx = house.stranger()) => containAccount(ctx, { token }),
});
