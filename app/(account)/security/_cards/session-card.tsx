import { logOutAction } from "@/app/(account)/actions";
import type { CardProps } from "@/app/(account)/security/_cards/card";
import { CardShell } from "@/components/security/card-shell";
import { Button } from "@/components/ui/button";

/** Where the person is now, and the way out. */
export function SessionCard({ say }: CardProps) {
  return (
    <CardShell
      title={say("security.session_title")}
      status={<p className="text-muted">{say("security.session_text")}</p>}
      action={
        <form action={logOutAction}>
          <Button type="submit" look="quiet">
            {say("frame.log_out_button")}
          </Button>
        </form>
      }
    />
  );
}
