import { CardShell } from "@/components/security/card-shell";
import { afterRemoval } from "@/components/security/removal-words";
import { ButtonLink } from "@/components/ui/button";
import type { Overview } from "@/lib/account/read-overview";
import { removalRule } from "@/lib/factors/removal-rule";
import type { FactorView } from "@/lib/factors/view";
import type { Say } from "@/lib/messages/say";

type Props = { readonly factor: FactorView; readonly say: Say; readonly overview: Overview };

/** The way to the question, with what it will say, or why this one has to stay. */
export function RemoveCard({ factor, say, overview }: Props) {
  const { demand, held, factors } = overview;
  const title = say("factors.remove_title");
  const rule = removalRule({ demand, held, kind: factor.kind, going: factor.isAskable ? 1 : 0 });
  if (rule !== "allowed") {
    const why =
      rule === "needed" ? say("factors.remove_needed", { count: demand.count }) : say("factors.remove_forbidden");
    return <CardShell title={title} status={<p>{why}</p>} />;
  }
  return (
    <CardShell
      title={title}
      status={<p>{afterRemoval(factors, factor, say).sentence}</p>}
      action={
        <ButtonLink look="danger" href={`/security/factors/${factor.id}/remove`}>
          {say("factors.remove_link")}
        </ButtonLink>
      }
    />
  );
}
