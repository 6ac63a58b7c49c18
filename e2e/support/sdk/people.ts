import type { AuthenticationClient } from "authing-js-sdk";
import type { House, Resident } from "@/e2e/support/house";
import { type SecondStep, secondStepOf } from "@/e2e/support/sdk/answers";

/** Gives somebody a number as a login name. */
export async function givePhone(house: House, { userId }: Resident, phone: string): Promise<void> {
  await house.sql("UPDATE users SET phone = $2 WHERE id = $1", [userId, phone]);
}

/** Through the first door by email and password, up to the second. */
export const toSecondStep = (client: AuthenticationClient, person: Resident): Promise<SecondStep> =>
  secondStepOf(client.loginByEmail(person.email, person.password));

/** How many sessions somebody has. */
export async function sessionsOf(house: House, { userId }: Resident): Promise<number> {
  return (await house.sql("SELECT 1 FROM sessions WHERE user_id = $1", [userId])).length;
}

/** As if six minutes had passed since the password: every mfaToken of this person is over. */
export const sixMinutesLater = (house: House, { userId }: Resident) =>
  house.sql("UPDATE challenges SET expires_at = now() - interval '1 second' WHERE user_id = $1", [userId]);

/** As if eleven minutes had passed since the last proof in all sessions of this person. */
export const elevenMinutesLater = (house: House, { userId }: Resident) =>
  house.sql("UPDATE sessions SET proven_at = proven_at - interval '11 minutes' WHERE user_id = $1", [userId]);

/** As if a day had passed: every session of this person is over. */
export const aDayLater = (house: House, { userId }: Resident) =>
  house.sql("UPDATE sessions SET expires_at = now() - interval '1 second' WHERE user_id = $1", [userId]);
