import { Alert } from "@/components/ui/alert";
import { ButtonLink } from "@/components/ui/button";
import { toldApart } from "@/lib/kernel/told-apart";
import type { Say } from "@/lib/messages/say";
import type { Language } from "@/lib/messages/words-shape";
import { changeName } from "@/lib/notices/change-name";
import { foreseen } from "@/lib/pending/foreseen";
import { listOwnWaiting } from "@/lib/pending/read-changes";
import { buildContext } from "@/lib/web/build-context";
import type { Person } from "@/lib/web/guard";

type Props = { readonly person: Person; readonly say: Say; readonly language: Language };

/** What waits for the account, on every page of its owner, each with the way to stop it. */
export async function WaitingBanner({ person, say, language }: Props) {
  const waiting = await listOwnWaiting(await buildContext(), person);
  const names = toldApart(
    waiting.map(({ kind, detail, dueAt }) => {
      const name = changeName(kind, language, detail);
      return { name, longer: dueAt === null ? name : say("activity.apart_label", { what: name, at: dueAt }) };
    }),
  );
  return waiting.map(({ id, kind, detail, dueAt, waitHours }, at) => {
    const change = changeName(kind, language, detail);
    return (
      <Alert key={id} tone="warning">
        <p>
          {dueAt === null
            ? say("pending.banner_uncounted", { change, ...foreseen(waitHours) })
            : say("pending.banner_due", { change, at: dueAt })}
        </p>
        <ButtonLink
          look="text"
          href={`/security/waiting/${id}`}
          aria-label={say("pending.stop_label", { change: names[at] ?? "" })}
        >
          {say("pending.stop_link")}
        </ButtonLink>
      </Alert>
    );
  });
}
