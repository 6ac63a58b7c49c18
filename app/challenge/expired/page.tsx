import type { Metadata } from "next";
import { redirect } from "next/navigation";
import type { Query } from "@/app/challenge/read-view";
import { frameSettings } from "@/app/preferences/frame-settings";
import { AuthFrame } from "@/components/layout/auth-frame";
import { ButtonLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { type WhyOver, whyOver } from "@/lib/challenge/why-over";
import type { MessageId } from "@/lib/messages/catalogue";
import { buildContext } from "@/lib/web/build-context";
import { betweenDoors } from "@/lib/web/guard";
import { newPasswordPath, returnTo, withReturnTo } from "@/lib/web/return-to";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("challenge.expired_title") };
}

const sentences = {
  finished: "challenge.over_finished",
  tries: "challenge.over_tries",
  closed: "challenge.over_closed",
  time: "challenge.time_over",
  changed: "challenge.over_changed",
  elsewhere: "challenge.over_elsewhere",
  unknown: "challenge.over_unknown",
} as const satisfies Record<Exclude<WhyOver, "open" | "answered">, MessageId>;

/**
 * Where a step leads that cannot be answered any more. Whoever is in goes on to where this tab was going: a second press, a second tab and
 * the way back come here too. Only a step-up that ended without its proof says so, or its page would just ask again. Everybody else reads
 * why, as far as our rows tell it, and goes to the first door.
 */
export default async function ExpiredPage({ searchParams }: { readonly searchParams: Query }) {
  const target = returnTo((await searchParams).returnTo);
  const between = await betweenDoors();
  const { why, purpose, isByPassword } = await whyOver(await buildContext(), between);
  if (why === "open") redirect(withReturnTo("/challenge", target));
  if (why === "answered") redirect(newPasswordPath);
  if (purpose === "RESET") return <ResetIsOver isByPassword={isByPassword} />;
  const isIn = between.sessionId !== null;
  if (isIn && (purpose !== "STEP_UP" || why === "finished")) redirect(target);
  const settings = await frameSettings();
  const { say } = settings;
  return (
    <AuthFrame settings={settings}>
      <PageHeader title={say("challenge.expired_title")}>
        <p>{say(sentences[why])}</p>
      </PageHeader>
      <ButtonLink wide href={isIn ? target : withReturnTo("/login", target)}>
        {say(isIn ? "challenge.account_link" : "challenge.again_link")}
      </ButtonLink>
    </AuthFrame>
  );
}

/** The way on is another letter, or the link of the last one; for a locked account whose old password began it, that password. */
async function ResetIsOver({ isByPassword }: { readonly isByPassword: boolean }) {
  const settings = await frameSettings();
  const { say } = settings;
  return (
    <AuthFrame settings={settings}>
      <PageHeader title={say("challenge.expired_title")}>
        <p>{say(isByPassword ? "challenge.over_reset_locked" : "challenge.over_reset")}</p>
      </PageHeader>
      <ButtonLink wide href={isByPassword ? "/login" : "/forgot-password"}>
        {say(isByPassword ? "challenge.again_link" : "reset.again_link")}
      </ButtonLink>
    </AuthFrame>
  );
}
