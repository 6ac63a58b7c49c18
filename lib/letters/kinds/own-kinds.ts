import { channelTest } from "@/lib/letters/kinds/channel-test";
import { codeBind } from "@/lib/letters/kinds/code-bind";
import { codeLogin } from "@/lib/letters/kinds/code-login";
import { registerLink } from "@/lib/letters/kinds/register-link";
import { registerTaken } from "@/lib/letters/kinds/register-taken";
import { resetByOperator, resetCode, resetLink } from "@/lib/letters/kinds/reset-link";
import { unlockLink } from "@/lib/letters/kinds/unlock-link";
import type { LetterKinds } from "@/lib/letters/letter-kind";

/** The letters that are no notices: they tell of nothing that happened. */
export const ownKinds = {
  "code.login": codeLogin,
  "code.bind": codeBind,
  "channel.test": channelTest,
  "register.link": registerLink,
  "register.taken": registerTaken,
  "reset.link": resetLink,
  "reset.code": resetCode,
  "reset.operator": resetByOperator,
  "unlock.link": unlockLink,
} as const satisfies LetterKinds;
