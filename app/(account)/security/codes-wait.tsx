import { Alert } from "@/components/ui/alert";
import { ButtonLink } from "@/components/ui/button";
import type { Ctx } from "@/lib/context/context";
import type { Say } from "@/lib/messages/say";
import { readReveal } from "@/lib/web/reveal";

type Props = { readonly ctx: Ctx; readonly userId: string; readonly say: Say };

/** The way back to codes that were made here and not put away yet: whoever left their page would lose them without a word. */
export async function CodesWait({ ctx, userId, say }: Props) {
  const waiting = await readReveal(userId, ctx.now);
  if (!waiting) return null;
  return (
    <Alert tone="warning">
      <p>{say("codes.wait", { count: waiting.codes.length })}</p>
      <ButtonLink look="text" href="/security/recovery-codes/once">
        {say("codes.wait_link")}
      </ButtonLink>
    </Alert>
  );
}
