"use server";

import { faces } from "@/components/factors/faces";
import { beginAtLogin, confirmAtLogin, sendAgainAtLogin } from "@/lib/challenge/enrol-at-login";
import { againAtLoginInput, beginAtLoginInput, confirmAtLoginInput } from "@/lib/challenge/schema";
import { beginFields } from "@/lib/factors/begin-fields";
import { enterSecondDoor } from "@/lib/web/enter";
import { formAction } from "@/lib/web/form-action";
import { challenged } from "@/lib/web/guard";
import { keepPass } from "@/lib/web/keep-pass";
import { leave } from "@/lib/web/leave";
import { afterStaleEnrolment } from "@/lib/web/onward";
import { overPath, returnTo, withReturnTo } from "@/lib/web/return-to";
import { words } from "@/lib/web/words";

const malformed = "factors.malformed";
const onward = afterStaleEnrolment("/enrol");
const elsewhere = { "challenge.expired": overPath } as const;

/** Between the two doors, for somebody who must have a factor and has none. */
export const beginAtLoginAction = formAction(
  { who: challenged, input: beginAtLoginInput, malformed, keep: beginFields, elsewhere },
  async ({ ctx, person }, { kind, returnTo: wanted, ...given }) => {
    const { pass, userId } = await beginAtLogin(ctx, { pass: person.pass, kind, given });
    if (pass) await keepPass(pass, userId, { enrolling: true });
    return leave(withReturnTo(`/enrol/${kind}`, returnTo(wanted)));
  },
);

export const sendAgainAtLoginAction = formAction(
  { who: challenged, input: againAtLoginInput, malformed, elsewhere, onward },
  async ({ ctx, person }, { kind, pending = null, returnTo: wanted }) => {
    await sendAgainAtLogin(ctx, { pass: person.pass, kind, pendingId: pending });
    return leave(withReturnTo(`/enrol/${kind}`, returnTo(wanted)));
  },
);

export const confirmAtLoginAction = formAction(
  { who: challenged, input: confirmAtLoginInput, malformed, keep: ["label"], elsewhere, onward },
  async ({ ctx, person }, { kind, pending = null, label, returnTo: carried, ...answer }) => {
    const { say } = await words();
    const named = { label, defaultLabel: say(faces[kind].name) };
    const answered = await confirmAtLogin(ctx, { pass: person.pass, kind, pendingId: pending, answer, ...named });
    const wanted = carried === undefined ? null : returnTo(carried);
    return enterSecondDoor(ctx, { ...person, answered, wanted, shows: "set" });
  },
);
