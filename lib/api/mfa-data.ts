import { apiCodes } from "@/lib/api/codes";
import { called, policyWords, shownWords } from "@/lib/api/kind-words";
import { done, type Reply } from "@/lib/api/reply";
import type { App } from "@/lib/apps/app";
import type { ApiWays } from "@/lib/challenge/read-api-ways";
import { config } from "@/lib/config/config";
import { maskEmail } from "@/lib/kernel/mask";
import type { FactorKind } from "@/lib/policy/traits";
import { maskPhone } from "@/lib/users/phone-number";
import type { Profile } from "@/lib/users/user";

type Facts = {
  readonly app: App;
  readonly profile: Pick<Profile, "email" | "phone" | "username">;
  readonly ways: ApiWays;
  readonly mfaToken: string;
};

/**
 * The answer that is no session: 1635 for somebody who protects their account with an authenticator app of their own accord, 1636 for every
 * other second step. Its data name the token and the ways. Numbers and addresses are masked unless the app may see them whole; `email`
 * and `phone` are login names, `mfaEmail` and `mfaPhone` where a code would go (null: one may have to be bound).
 */
export function secondStep({ app, profile, ways, mfaToken }: Facts): Reply {
  const isPersonal = ways.options.includes(called.app) && !ways.isDemanded;
  const place = (kind: FactorKind) => {
    const found = ways.destinations.find((each) => each.kind === kind);
    return found ? (app.unmasked ? found.whole : found.masked) : null;
  };
  const { email, phone, username } = profile;
  const all = [...ways.options, ...ways.enrols];
  const offered = all.flatMap((kind) => policyWords[kind] ?? []);
  const elsewhere = all.flatMap((kind) => shownWords[kind] ?? []);
  const isElsewhere = offered.length === 0 && elsewhere.length > 0;
  const code = isPersonal ? apiCodes.personalSecondStep : apiCodes.policySecondStep;
  return {
    ...done(isPersonal ? "wire.second_step_personal" : "wire.second_step_policy", {
      mfaToken,
      username,
      nickname: null,
      avatar: null,
      email: app.unmasked ? email : maskEmail(email),
      phone: phone === null || app.unmasked ? phone : maskPhone(phone),
      phoneCountryCode: null,
      mfaEmail: place(called.mail),
      mfaPhone: place(called.message),
      mfaPhoneCountryCode: null,
      totpMfaEnabled: ways.options.includes(called.app),
      faceMfaEnabled: false,
      passkeyEnabled: elsewhere.length > 0,
      applicationMfa: [
        ...offered.map((mfaPolicy, sort) => ({ mfaPolicy, status: 1, sort })),
        ...elsewhere.map((mfaPolicy, at) => ({ mfaPolicy, status: 0, sort: offered.length + at })),
      ],
    }),
    code,
    ...(isElsewhere ? { message: "wire.second_step_pages", params: { address: config().appUrl } } : {}),
  };
}
