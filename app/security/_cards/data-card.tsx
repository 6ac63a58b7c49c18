import type { CardProps } from "@/app/security/_cards/card";
import { CardShell } from "@/components/security/card-shell";
import { ButtonLink } from "@/components/ui/button";

/** The way to what is kept about the account. */
export function DataCard({ say }: CardProps) {
  return (
    <CardShell
      title={say("data.page_title")}
      status={<p className="text-muted">{say("data.card_text")}</p>}
      action={
        <ButtonLink look="quiet" href="/security/data">
          {say("data.look_link")}
        </ButtonLink>
      }
    />
  );
}
