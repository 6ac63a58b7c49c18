"use server";

import { faces } from "@/components/factors/faces";
import { beginAtLogin, confirmAtLogin, postAgainAtLogin } from "@/lib/challenge/enrol-at-login";
import { beginAtLoginInput, confirmAtLoginInput, kindInput } from "@/lib/challenge/schema";
import { enterSecondDoor } from "@/lib/web/enter";
import { formAction } from "@/lib/web/form-action";
import { challenged } from "@/lib/web/guard";
import { keepPass } from "@/lib/web/keep-pass";
import { leave } from "@/lib/web/leave";
import { words } from "@/lib/web/words";

const malformed = "factors.malformed";
const elsewhere = { "challenge.expired": "/challenge/expired" } as const;

/** Between the two doors, for somebody who must have a factor and has none. */
export const beginAtLoginAction = formAction(
  { who: challenged, input: beginAtLoginInput, malformed, keep: ["destination"], elsewhere },
  async ({ ctx, person }, { kind, ...given }) => {
    const { pass, userId } = await beginAtLogin(ctx, { pass: person.pass, kind, given });
    if (pass) await keepPass(pass, userId, { enrolling: true });
    return leave(`/enrol/${kind}`);
  },
);

export const sendAgainAtLoginAction = formAction(
  { who: challenged, input: kindInput, malformed, elsewhere },
  async ({ ctx, person }, { kind }) => {
    await postAgainAtLogin(ctx, { pass: person.pass, kind });
    return leave(`/enrol/${kind}`);
  },
);

export const confirmAtLoginAction = formAction(
  { who: challenged, input: confirmAtLoginInput, malformed, keep: ["label"], elsewhere },
  async ({ ctx, person }, { kind, label, ...answer }) => {
    const { say } = await words();
    const named = { label, defaultLabel: say(faces[kind].name) };
    const answered = await confirmAtLogin(ctx, { pass: person.pass, kind, answer, ...named });
    return enterSecondDoor(ctx, { ...person, answered, shows: "set" });
  },
);
