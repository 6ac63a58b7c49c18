import type { CardProps } from "@/app/security/_cards/card";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button";
import { Row } from "@/components/ui/row";
import type { FactorView } from "@/lib/factors/view";
import { dayOf } from "@/lib/messages/moments";

/** One factor of the list: what it is, when it served last, and the way to its own page. */
export function FactorRow({
  factor,
  apart,
  say,
  language,
}: Omit<CardProps, "overview"> & { readonly factor: FactorView; readonly apart: string }) {
  const { id, label, place, marks, addedAt, lastUsedAt, closed } = factor;
  const added = dayOf(addedAt, language);
  return (
    <Row
      title={
        <>
          {label}
          {place !== null && <span className="font-normal text-muted">{place}</span>}
        </>
      }
      badge={
        <>
          {marks.map((mark) => (
            <Badge key={mark.label}>{say(mark.label)}</Badge>
          ))}
          {closed !== "nowhere" && <Badge tone="warning">{say("security.quarantined_label")}</Badge>}
        </>
      }
      detail={
        lastUsedAt
          ? say("security.added_used", { added, used: dayOf(lastUsedAt, language) })
          : say("security.added_unused", { added })
      }
      action={
        <ButtonLink
          look="text"
          href={`/security/factors/${id}`}
          aria-label={say("security.manage_label", { label: apart })}
        >
          {say("security.manage_link")}
        </ButtonLink>
      }
    />
  );
}
