import { activityMessages } from "@/lib/account/activity/messages";
import { contactMessages } from "@/lib/account/contacts/messages";
import { alarmMessages } from "@/lib/account/messages";
import { profileMessages } from "@/lib/account/profile/messages";
import { apiMessages } from "@/lib/api/messages";
import { appMessages } from "@/lib/apps/messages";
import { challengeMessages } from "@/lib/challenge/messages";
import { cookieMessages } from "@/lib/cookies/messages";
import { cryptoMessages } from "@/lib/crypto/messages";
import { mailboxMessages } from "@/lib/delivery/messages";
import { emailMessages } from "@/lib/factors/email/messages";
import { factorMessages } from "@/lib/factors/messages";
import { passkeyMessages } from "@/lib/factors/passkey/messages";
import { passwordProofMessages } from "@/lib/factors/password/messages";
import { recoveryMessages } from "@/lib/factors/recovery/messages";
import { sentCodeMessages } from "@/lib/factors/sent-code/messages";
import { smsMessages } from "@/lib/factors/sms/messages";
import { totpMessages } from "@/lib/factors/totp/messages";
import { letterMessages } from "@/lib/letters/messages";
import { loginMessages } from "@/lib/login/messages";
import { accountMessages } from "@/lib/messages/account";
import { factorPageMessages } from "@/lib/messages/factor-pages";
import { faultMessages } from "@/lib/messages/fault";
import { frameMessages } from "@/lib/messages/frame";
import type { HolesOf } from "@/lib/messages/holes";
import { dialogueMessages } from "@/lib/messages/passkey-dialogue";
import { wayInMessages } from "@/lib/messages/way-in";
import { pendingMessages } from "@/lib/pending/messages";
import { placeMessages } from "@/lib/places/messages";
import { registrationMessages } from "@/lib/registration/messages";
import { resetMessages } from "@/lib/resets/messages";
import { errorAnswerMessages, errorPageMessages } from "@/lib/serve/messages";
import { sessionMessages } from "@/lib/sessions/messages";
import { setupMessages } from "@/lib/setup/messages";
import { throttleMessages } from "@/lib/throttle/messages";
import { unlockMessages } from "@/lib/unlocks/messages";
import { userMessages } from "@/lib/users/messages";

/** Every sentence of the house. Each room adds one line; a test finds the room that forgot. */
export const catalogue = {
  ...frameMessages,
  ...faultMessages,
  ...cookieMessages,
  ...cryptoMessages,
  ...throttleMessages,
  ...userMessages,
  ...apiMessages,
  ...appMessages,
  ...factorMessages,
  ...passkeyMessages,
  ...dialogueMessages,
  ...totpMessages,
  ...sentCodeMessages,
  ...smsMessages,
  ...emailMessages,
  ...recoveryMessages,
  ...passwordProofMessages,
  ...challengeMessages,
  ...mailboxMessages,
  ...letterMessages,
  ...loginMessages,
  ...resetMessages,
  ...unlockMessages,
  ...sessionMessages,
  ...setupMessages,
  ...placeMessages,
  ...registrationMessages,
  ...alarmMessages,
  ...activityMessages,
  ...pendingMessages,
  ...contactMessages,
  ...profileMessages,
  ...wayInMessages,
  ...accountMessages,
  ...factorPageMessages,
  ...errorPageMessages,
  ...errorAnswerMessages,
} as const;

export type MessageId = keyof typeof catalogue;

/** The parameters that the English sentence of an id asks for. */
export type ParamsOf<Id extends MessageId> = HolesOf<(typeof catalogue)[Id]["en"]>;
