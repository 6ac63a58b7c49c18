import { ButtonLink } from "@/components/ui/button";
import { canLeave } from "@/lib/letters/queue-letters";
import type { Say } from "@/lib/messages/say";
import type { WhenLost as Way } from "@/lib/policy/freshness";

const ways = {
  reset: { text: "challenge.lost_reset", onward: { href: "/forgot-password", label: "reset.forgot_link" } },
  letter: { text: "challenge.lost_letter", onward: null },
  removal: { text: "challenge.lost_removal", onward: { href: "/security", label: "challenge.lost_link" } },
} as const;

const withoutLetters = { text: "challenge.lost_no_letters", onward: null } as const;

/** What whoever has lost the factor that is asked for does instead, although they have another one; no letter is named where none can leave. */
export function WhenLost({ way, say }: { readonly way: Way; readonly say: Say }) {
  const { text, onward } = way === "removal" || canLeave("mail") ? ways[way] : withoutLetters;
  return (
    <div className="grid justify-items-start gap-1">
      <p>{say(text)}</p>
      {onward !== null && (
        <ButtonLink look="text" href={onward.href}>
          {say(onward.label)}
        </ButtonLink>
      )}
    </div>
  );
}
