import * as z from "zod";
import { called } from "@/lib/api/kind-words";

/** The shapes of what comes back, for the description of the API; the views that make them are tested against them. */

export const userShape = z
  .looseObject({
    id: z.string(),
    arn: z.string(),
    userPoolId: z.string(),
    email: z.string().nullable(),
    username: z.string().nullable(),
    phone: z.string().nullable(),
    name: z.string().nullable(),
    nickname: z.string().nullable(),
    photo: z.string().nullable().describe("Address of a picture, https."),
    emailVerified: z.boolean().describe("A link or code that was sent to `email` was used."),
    token: z.string().nullable().describe("The user token: a signed JWT, 24 hours. Null where no session was opened."),
    tokenExpiredAt: z.string().nullable(),
  })
  .describe("A person; fields that the portal does not know are null.");

export const recoveredShape = userShape.extend({
  recoveryCode: z.string().describe("The code that takes the place of the used one; also beside `data`."),
});

export const authenticatorShape = z.object({
  id: z.string(),
  createdAt: z.string(),
  updatedAt: z.string(),
  userId: z.string(),
  enable: z.boolean().describe("False while it waits for its first code."),
  secret: z.literal("").describe("Never told."),
  authenticatorType: z.enum([called.app, called.message, called.mail]),
  recoveryCode: z.literal("").describe("Never told."),
});

export const strengthShape = z.object({
  valid: z.boolean().describe("Whether it may be chosen: by the user of the token, or by anybody where none is sent."),
  message: z.string(),
});

export const associationShape = z.object({
  authenticator_type: z.literal(called.app),
  secret: z.string().describe("Base32, 160 bits; told once."),
  qrcode_uri: z.string(),
  qrcode_data_url: z.string().describe("A PNG as data URL."),
  recovery_code: z.string().describe("Good once the app is confirmed."),
});

export const secondStepShape = z.object({
  mfaToken: z.string().describe("360 seconds, one success."),
  username: z.string().nullable(),
  nickname: z.null(),
  avatar: z.null(),
  email: z.string(),
  phone: z.string().nullable(),
  phoneCountryCode: z.null(),
  mfaEmail: z.string().nullable(),
  mfaPhone: z.string().nullable(),
  mfaPhoneCountryCode: z.null(),
  totpMfaEnabled: z.boolean(),
  faceMfaEnabled: z.literal(false),
  passkeyEnabled: z.boolean().describe("They have a passkey, or may set one up: on the portal's own pages only."),
  applicationMfa: z.array(
    z.object({
      mfaPolicy: z.enum(["OTP", "SMS", "EMAIL", "PASSKEY"]),
      status: z.literal([0, 1]).describe("0: no call here answers it, the portal's pages do."),
      sort: z.number(),
    }),
  ),
});

export const loginStatusShape = z.object({
  code: z.number(),
  message: z.string(),
  status: z.boolean(),
  exp: z.number().nullable(),
  iat: z.number().nullable(),
  data: z.object({ id: z.string(), userPoolId: z.string(), arn: z.string() }).nullable(),
});

export const refreshedShape = z.object({ token: z.string(), iat: z.number(), exp: z.number() });

export const securityLevelShape = z.object({
  score: z.number().describe("0 to 100."),
  email: z.boolean(),
  phone: z.boolean(),
  password: z.boolean(),
  mfa: z.boolean(),
  passwordSecurityLevel: z.null(),
});
