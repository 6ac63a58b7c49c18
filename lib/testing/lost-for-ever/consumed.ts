import type { Rule } from "@/lib/testing/floor-plan";
import type { DeedName } from "@/lib/testing/lost-for-ever/deeds";
import type { Sources } from "@/lib/testing/source-files";

/** Why it stays consumed also where a fault of ours ended what it was consumed for. */
type Kept = { readonly kept: string };

/** A test of its own, where the fault does not reach whoever calls. */
type Shown = { readonly shownBy: string };

const wouldTell =
  "the answer is given before anything is sent, and what follows ends only where the address is theirs: a refund would tell";

/**
 * Whatever is consumed in a write of its own, before something is judged or done: where the call stands, and the deed of `deeds.ts` that a fault of ours ends
 * there, after which nothing may be consumed any more. What is consumed inside a transaction is undone with it.
 */
export const consumed: Readonly<Record<string, DeedName | Kept | Shown>> = {
  "lib/account/accept-invitation.ts consumingLink": "an invitation",
  "lib/account/contacts/begin-proof.ts consumingSend": "a further address",
  "lib/account/contacts/confirm-proof.ts consumeProofTry": "the code that proves it",
  "lib/account/contacts/revert-email.ts consumingLink": "the way back to the old email",
  "lib/account/contain-account.ts consumingLink": "an alarm",
  "lib/account/current-password.ts consumePasswordTry": "a new password",
  "lib/account/current-password.ts consumeWindowTry": "a new password, behind a fresh code",
  "lib/account/profile/change-username.ts consumingTry username.change": "another user name",
  "lib/account/profile/update-profile.ts consumingTry profile.change": "another name",
  "lib/api/logins.ts consumingTry app.server": "the right password, handed on by an app's own server",
  "lib/api/sends.ts consumeAsking": { kept: wouldTell },
  "lib/challenge/answer-challenge.ts consumeAnswerTry": "the right code",
  "lib/challenge/consume-answer-try.ts consumeChallengeTry": "the right code",
  "lib/challenge/consume-answer-try.ts consumeStepUpTry": "the right code at a step-up",
  "lib/challenge/enrol-at-login.ts consumeChallengeTry": "the code that binds between the doors",
  "lib/challenge/enrollable.ts consumingTry bindable.account": "an address that is bound between the doors",
  "lib/challenge/enrollable.ts consumingTry bindable.challenge": "an address that is bound between the doors",
  "lib/challenge/enter-by-api.ts consumeClaimTry": "the code that claims what it has bound",
  "lib/challenge/prepare-answer.ts consumingSend": "sending a code",
  "lib/factors/begin-enrolment.ts consumingSend": "beginning an enrolment",
  "lib/factors/begin-enrolment.ts consumingTry enrolment.begin": "beginning an enrolment",
  "lib/factors/bind-factor.ts consumeConfirmationTry": "the code that confirms it",
  "lib/factors/bind-factor.ts consumeTry enrolment.confirm": "the code that confirms it",
  "lib/factors/regenerate-codes.ts consumingTry enrolment.begin": "new recovery codes",
  "lib/factors/send-again.ts consumingSend": "another code for an address that is bound",
  "lib/factors/send-code.ts consumeSend": "sending a code",
  "lib/factors/send-code.ts consumeSendStep": { kept: wouldTell },
  "lib/login/log-in-with-passkey.ts consumeAddress": "a passkey alone",
  "lib/login/log-in-with-passkey.ts consumeDeviceLogin": "a passkey alone, on a known device",
  "lib/login/log-in-with-password.ts consumeAddress": "the right password",
  "lib/login/log-in-with-password.ts consumeDeviceLogin": "the right password on a known device",
  "lib/login/log-in-with-password.ts consumePasswordTry": "the right password",
  "lib/login/password-counter.ts consumeBothCounters": "the right password",
  "lib/pending/ask-for-change.ts consumingTry change.asked": "a change that waits",
  "lib/pending/keep-unasked.ts consumingTry enrolment.confirm": "a passkey that is made unasked",
  "lib/pending/veto-change.ts consumingLink": "a veto",
  "lib/registration/ask-to-register.ts consumeClaimed": "asking to register",
  "lib/registration/ask-to-register.ts consumingAddress register": "asking to register",
  "lib/registration/register.ts consumingLink": "the end of a registration",
  "lib/resets/ask-for-reset.ts consumingAddress forgot": "asking for a reset",
  "lib/resets/open-reset.ts consumingLink": "the link of a reset",
  "lib/resets/reset-by-app.ts consumingAddress forgot": "the code of a reset, through an app",
  "lib/resets/reset-by-app.ts consumingTry reset.code": "the code of a reset, through an app",
  "lib/setup/complete-setup.ts consumingLink": "the first run",
  "lib/unlocks/ask-for-unlock.ts consumingAddress forgot": "asking for an unlock",
  "lib/unlocks/open-unlock.ts consumeCodeTry": "the code of an unlock",
  "lib/unlocks/open-unlock.ts consumeAddress links": "the code of an unlock",
  "lib/unlocks/open-unlock.ts consumingLink": "the link of an unlock",
  "lib/web/api-route.ts consumeTry app.address": { shownBy: "lib/web/api-route.test.ts" },
};

/** A call by which a try is consumed outside a transaction (`tx`), with the name of its rule where that is written there. */
const consuming =
  /(?<!function )\b(consum(?:e|ing)[A-Z]\w*)(?:<[^>]*>)?\(\s*(?!tx\b)\w+\s*[,)]\s*(?:\{ rule: )?(?:"([\w.]+)")?/g;

/** Every such call of the house as `consumed` names it; what a file calls by a name of its own stands where that is made. */
export function consumedIn(files: Sources): readonly string[] {
  const found = [...files].flatMap(([path, text]) => {
    if (!/^(?:lib|app)\//.test(path) || /^lib\/(?:throttle|testing)\//.test(path)) return [];
    const calls = [...text.matchAll(consuming)].filter(([, name]) => !text.includes(`function ${name}`));
    return calls.map(([, name, rule]) => [path, name, rule].filter((part) => part !== undefined).join(" "));
  });
  return [...new Set(found)].sort();
}

/**
 * What a fault of ours leaves consumed is a try that its person had for nothing: it is refunded by what consumes (`consuming…`), by `unlessOurFault`, or by
 * hand, or is named above with a reason.
 */
export const consumedIsRefunded: Rule = (files) =>
  consumedIn(files).flatMap((call) => {
    const [path = "", name = ""] = call.split(" ");
    const known = consumed[call];
    if (known === undefined) return [`${call} is not among what is consumed, so no deed shows that it is refunded`];
    if ((typeof known === "object" && "kept" in known) || name.startsWith("consuming")) return [];
    return /\bunlessOurFault\(|\brefund\w*\(/.test(files.get(path) ?? "") ? [] : [`${call} is never refunded`];
  });
