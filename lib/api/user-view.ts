import { arnOf, poolId } from "@/lib/auth/user-token";
import type { Profile } from "@/lib/users/user";

/** Every field that the clients' queries name; what this portal does not know is null. Never a password or a salt. */
const unknown = [
  ...["unionid", "openid", "password", "oauth", "loginsCount", "lastIP"],
  ...["device", "browser", "company", "givenName", "familyName", "middleName", "profile", "preferredUsername"],
  ...["website", "gender", "birthdate", "zoneinfo", "locale", "address", "formatted", "streetAddress", "locality"],
  ...["region", "postalCode", "city", "province", "country", "externalId", "phoneCountryCode"],
] as const;

/** `token` with its end: of the session that this user came by; null: the user alone. */
export type TokenOfUser = { readonly value: string; readonly expiresAt: Date } | null;

/**
 * A person in the shape that clients know. Their e-mail counts as verified once a link or code that was sent there was used; a number is a name alone.
 */
export function userView(profile: Profile, token: TokenOfUser): Readonly<Record<string, unknown>> {
  const { id, email, isEmailConfirmed, username, phone, name, nickname, photo, createdAt, lastLoginAt } = profile;
  return {
    ...Object.fromEntries(unknown.map((name) => [name, null])),
    id,
    arn: arnOf(id),
    userPoolId: poolId,
    status: "Activated",
    username,
    email,
    phone,
    name,
    nickname,
    photo,
    emailVerified: isEmailConfirmed,
    phoneVerified: false,
    registerSource: [],
    blocked: false,
    isDeleted: false,
    createdAt: createdAt.toISOString(),
    updatedAt: createdAt.toISOString(),
    signedUp: createdAt.toISOString(),
    lastLogin: lastLoginAt?.toISOString() ?? null,
    newlyCreated: false,
    customData: [],
    token: token?.value ?? null,
    tokenExpiredAt: token?.expiresAt.toISOString() ?? null,
  };
}
