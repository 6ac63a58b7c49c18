import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { AccountPage } from "@/app/_account/account-page";
import { BeginPart } from "@/app/security/factors/new/[kind]/begin-part";
import { ConfirmPart } from "@/app/security/factors/new/[kind]/confirm-part";
import { faces } from "@/components/factors/faces";
import { readPendingPrepared } from "@/lib/challenge/enrol-at-login";
import type { Ctx } from "@/lib/context/context";
import { binderOf } from "@/lib/factors/binder-of";
import { findFactorView, findPendingView } from "@/lib/factors/list-factors";
import { kindsOnOffer } from "@/lib/factors/on-offer";
import { isFactorId } from "@/lib/factors/schema";
import { showEmail } from "@/lib/kernel/email-address";
import { hoursOf } from "@/lib/pending/ask-for-change";
import { staysAWhile } from "@/lib/pending/confirm-replacement";
import { removeFactorKind } from "@/lib/pending/kinds/remove-factor";
import { isBoundKind } from "@/lib/policy/kinds";
import { buildContext } from "@/lib/web/build-context";
import { freshPage, type Person } from "@/lib/web/guard";
import { readReveal } from "@/lib/web/reveal";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("factors.enrol_title") };
}

type Props = {
  readonly params: Promise<{ readonly kind: string }>;
  /** `again`: begin anew although something waits. `replaces`: the factor that the new one takes the place of. */
  readonly searchParams: Promise<{ readonly again?: unknown; readonly replaces?: unknown }>;
};

/** Asks for what an enrolment begins with, or shows the one that waits. It is begun by a button; this page writes nothing. */
export default async function EnrolPage({ params, searchParams }: Props) {
  const { kind } = await params;
  if (!isBoundKind(kind)) notFound();
  const { again, replaces } = await searchParams;
  const replacesId = typeof replaces === "string" && isFactorId(replaces) ? replaces : null;
  const path = `/security/factors/new/${kind}`;
  const ctx = await buildContext();
  const person = await freshPage(ctx, "factor.add", replacesId === null ? path : `${path}?replaces=${replacesId}`);
  const spoken = await words();
  const isAnew = again !== undefined || replacesId !== null;
  const pending = isAnew ? null : await findPendingView(ctx, binderOf(person), kind);
  if (pending) {
    const prepared = await readPendingPrepared(ctx, binderOf(person), kind);
    const staysFor = await staysForHours(ctx, person, pending.replaces);
    return (
      <AccountPage person={person}>
        <ConfirmPart kind={kind} pending={pending} prepared={prepared} staysFor={staysFor} now={ctx.now} {...spoken} />
      </AccountPage>
    );
  }
  // a second press of "Confirm" comes here after the first has bound: its codes wait, and are shown once
  if (!isAnew && (await readReveal(person.userId, ctx.now))?.kind === "set") redirect("/security/recovery-codes/once");
  const replaced = replacesId === null ? null : await findFactorView(ctx, person, replacesId);
  const isTheirs = replacesId === null || replaced?.kind === kind;
  const { BeginForm } = faces[kind];
  if (!BeginForm || !isTheirs || !(await kindsOnOffer(ctx, person)).includes(kind)) redirect("/security/factors/new");
  return (
    <AccountPage person={person}>
      <BeginPart
        kind={kind}
        BeginForm={BeginForm}
        replaced={replaced}
        staysFor={await staysForHours(ctx, person, replacesId)}
        ownAddress={showEmail(person.email)}
        say={spoken.say}
      />
    </AccountPage>
  );
}

/** For how long a factor that is to be replaced works beside the new one; null: not at all, or none is. */
async function staysForHours(ctx: Ctx, person: Person, factorId: string | null): Promise<number | null> {
  return factorId !== null && (await staysAWhile(ctx, person, factorId)) ? hoursOf(removeFactorKind) : null;
}
