import { beginEnrolmentAction } from "@/app/(account)/security/factors/actions";
import type { CardProps } from "@/app/security/_cards/card";
import { FactorRow } from "@/app/security/_cards/factor-row";
import { BeginsKind } from "@/components/factors/begins-kind";
import { faces } from "@/components/factors/faces";
import { ActionForm } from "@/components/form/action-form";
import { CardShell } from "@/components/security/card-shell";
import { StatusLine } from "@/components/security/status-line";
import { ButtonLink } from "@/components/ui/button";
import { Rows } from "@/components/ui/row";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FactorView } from "@/lib/factors/view";
import { toldApart } from "@/lib/kernel/told-apart";
import { dayOf } from "@/lib/messages/moments";

/** What protects the account besides the password, and the way to add to it. */
export function FactorsCard({ overview, say, ...rest }: CardProps) {
  const { factors } = overview;
  const names = toldApart(
    factors.map(({ label, place, addedAt }) => {
      const name = place === null ? label : `${label} ${place}`;
      return { name, longer: say("security.apart_label", { name, added: dayOf(addedAt, rest.language) }) };
    }),
  );
  const isGood = factors.length > 0 && factors.every(({ closed }) => closed === "nowhere");
  return (
    <CardShell
      title={say("security.factors_title")}
      status={
        <StatusLine tone={isGood ? "good" : "attention"}>
          {factors.length > 0 ? say("security.factors_some", { count: factors.length }) : say("security.factors_none")}
        </StatusLine>
      }
      action={<AddFactor overview={overview} say={say} />}
    >
      {factors.length > 0 && (
        <>
          <Rows>
            {factors.map((factor, at) => (
              <FactorRow key={factor.id} factor={factor} apart={names[at] ?? ""} say={say} {...rest} />
            ))}
          </Rows>
          <Meanings factors={factors} say={say} />
        </>
      )}
    </CardShell>
  );
}

/** What follows from the badges of the list, each once. */
function Meanings({ factors, say }: { readonly factors: readonly FactorView[]; readonly say: CardProps["say"] }) {
  const meanings = new Set(factors.flatMap(({ marks }) => marks.map(({ meaning }) => meaning)));
  if (meanings.size === 0) return null;
  return (
    <div className="mt-4 grid gap-2 border-t border-line pt-4 text-sm text-muted">
      {[...meanings].map((meaning) => (
        <p key={meaning}>{say(meaning)}</p>
      ))}
    </div>
  );
}

/** With one kind on offer that needs nothing typed a button begins at once; otherwise the next page asks which kind. What to do next is said above all cards, so this one is quiet. */
function AddFactor({ overview, say }: Pick<CardProps, "overview" | "say">) {
  const [only, ...more] = overview.onOffer;
  if (only === undefined || more.length > 0 || faces[only].BeginForm !== null) {
    return (
      <ButtonLink look="quiet" href="/security/factors/new">
        {say("security.add_another_button")}
      </ButtonLink>
    );
  }
  return (
    <BeginsKind kind={only} say={say}>
      <ActionForm action={beginEnrolmentAction}>
        <input type="hidden" name="kind" value={only} />
        <SubmitButton look="quiet" pending={say("frame.one_moment")}>
          {say("security.add_factor_button")}
        </SubmitButton>
      </ActionForm>
    </BeginsKind>
  );
}
