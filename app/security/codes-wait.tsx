import { Alert } from "@/components/ui/alert";
import { ButtonLink } from "@/components/ui/button";
import type { HeldCodes } from "@/lib/factors/recovery/held-codes";
import type { Say } from "@/lib/messages/say";
import { readReveal } from "@/lib/web/reveal";

type Person = { readonly userId: string; readonly now: Date };

/** How many codes were made here, not put away yet and not voided meanwhile, so that their page can show them again; none: 0. */
export async function codesToShow({ userId, now }: Person, { since }: Pick<HeldCodes, "since">): Promise<number> {
  const waiting = await readReveal(userId, now);
  return waiting === null || since === null || since > waiting.at ? 0 : waiting.codes.length;
}

type Props = { readonly count: number; readonly say: Say };

/** The way back to them: whoever left their page would lose them without a word. */
export function CodesWait({ count, say }: Props) {
  if (count === 0) return null;
  return (
    <Alert tone="warning">
      <p>{say("codes.wait", { count })}</p>
      <ButtonLink look="text" href="/security/recovery-codes/once">
        {say("codes.wait_link")}
      </ButtonLink>
    </Alert>
  );
}
