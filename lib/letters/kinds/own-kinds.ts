import { channelTest } from "@/lib/letters/kinds/channel-test";
import { codeBind } from "@/lib/letters/kinds/code-bind";
import { codeContact } from "@/lib/letters/kinds/code-contact";
import { codeLogin } from "@/lib/letters/kinds/code-login";
import { contactTaken } from "@/lib/letters/kinds/contact-taken";
import { registerLink } from "@/lib/letters/kinds/register-link";
import { registerTaken } from "@/lib/letters/kinds/register-taken";
import { resetByOperator } from "@/lib/letters/kinds/reset-by-operator";
import { resetCode } from "@/lib/letters/kinds/reset-code";
import { resetLink } from "@/lib/letters/kinds/reset-link";
import { unlockLink } from "@/lib/letters/kinds/unlock-link";
import type { LetterKinds } from "@/lib/letters/letter-kind";

/** The letters that are no notices: they tell of nothing that happened. */
export const ownKinds = {
  "code.login": codeLogin,
  "code.bind": codeBind,
  "code.contact": codeContact,
  "contact.taken": contactTaken,
  "channel.test": channelTest,
  "register.link": registerLink,
  "register.taken": registerTaken,
  "reset.link": resetLink,
  "reset.code": resetCode,
  "reset.operator": resetByOperator,
  "unlock.link": unlockLink,
} as const satisfies LetterKinds;
