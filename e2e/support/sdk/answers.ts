import { expect } from "@playwright/test";
import * as z from "zod";

const refusal = z.object({ code: z.number().int(), message: z.string(), data: z.unknown().optional() });

/** What the package throws when the body says no: a plain object, no Error. */
export type Refusal = z.infer<typeof refusal>;

/** The refusal of a call; whatever was refused, there is a sentence for people in it and nothing of our insides. */
export async function refusalOf(call: Promise<unknown>): Promise<Refusal> {
  const outcome = await call.then(
    (value) => ({ value }),
    (thrown: unknown) => ({ thrown }),
  );
  expect(outcome, "the call is refused").toHaveProperty("thrown");
  const read = refusal.parse("thrown" in outcome ? outcome.thrown : null);
  expect(read.message).toMatch(/^[^<{}]{8,300}[.。]$/);
  return read;
}

/** Only its code, for tables. */
export const codeOf = async (call: Promise<unknown>): Promise<number> => (await refusalOf(call)).code;

const text = z.string().nullable();

const secondStep = z.object({
  mfaToken: z.string().min(20),
  nickname: text,
  username: text,
  avatar: text,
  email: text,
  phone: text,
  phoneCountryCode: text,
  mfaEmail: text,
  mfaPhone: text,
  mfaPhoneCountryCode: text,
  totpMfaEnabled: z.boolean(),
  faceMfaEnabled: z.literal(false),
  applicationMfa: z.array(
    z.object({
      mfaPolicy: z.enum(["OTP", "SMS", "EMAIL", "PASSKEY"]),
      status: z.union([z.literal(0), z.literal(1)]),
      sort: z.number(),
    }),
  ),
});

/** What a login says that needs a second step. `offered`: the ways, in the order of their `sort`. */
export type SecondStep = z.infer<typeof secondStep> & { readonly code: number; readonly offered: readonly string[] };

/** The second step that a login asks for: 1635 or 1636 with its data. */
export async function secondStepOf(login: Promise<unknown>): Promise<SecondStep> {
  const { code, data } = await refusalOf(login);
  expect([1635, 1636]).toContain(code);
  const read = secondStep.parse(data);
  const ways = [...read.applicationMfa]
    .filter(({ status }) => status === 1)
    .sort((one, other) => one.sort - other.sort);
  return { ...read, code, offered: ways.map(({ mfaPolicy }) => mfaPolicy) };
}

const insider = z.looseObject({
  id: z.string().min(1),
  arn: z.string().min(1),
  userPoolId: z.string().min(1),
  token: z.string().regex(/^[\w-]+\.[\w-]+\.[\w-]+$/),
});

/** Somebody who is in, with the token that says so, and without anything that an app must not see. */
export type Insider = z.infer<typeof insider>;

/** Reads a user that a login or a second step gave. */
export function insiderOf(user: unknown): Insider {
  const read = insider.parse(user);
  expect(JSON.stringify(read)).not.toMatch(/argon2|passwordHash|salt|secret|credentialVersion/i);
  expect(read.password ?? null).toBeNull();
  return read;
}

/** The code that replaces the recovery code which was used. */
export const replacementOf = (user: unknown): string => z.object({ recoveryCode: z.string() }).parse(user).recoveryCode;
