import type { CardProps } from "@/app/security/_cards/card";
import { CardShell } from "@/components/security/card-shell";
import { StatusLine } from "@/components/security/status-line";
import { ButtonLink } from "@/components/ui/button";

/** Where the person is logged in, the way to end it, and the way to the browsers that are known. */
export function SessionCard({ overview, say }: CardProps) {
  return (
    <CardShell
      title={say("sessions.page_title")}
      status={
        <>
          <StatusLine tone="neutral">{say("sessions.count", { count: overview.sessions })}</StatusLine>
          <ButtonLink look="text" href="/security/devices">
            {say("devices.page_title")}
          </ButtonLink>
        </>
      }
      action={
        <ButtonLink look="quiet" href="/security/sessions">
          {say("sessions.manage_link")}
        </ButtonLink>
      }
    />
  );
}
