import type { Metadata } from "next";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { ForgetBrowser } from "@/app/login/forget-browser";
import { LoginForm } from "@/app/login/login-form";
import { frameSettings } from "@/app/preferences/frame-settings";
import { AuthFrame } from "@/components/layout/auth-frame";
import { Alert } from "@/components/ui/alert";
import { ButtonLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { config } from "@/lib/config/config";
import { mayOfferSignIn } from "@/lib/factors/passkey/sign-in-offer";
import type { Say } from "@/lib/messages/say";
import { isOwnId } from "@/lib/sessions/schema";
import { readCookie } from "@/lib/web/cookie-jar";
import { currentSession, holdsSession } from "@/lib/web/guard";
import { returnTo } from "@/lib/web/return-to";
import { type Said, saidHere } from "@/lib/web/said";
import { words } from "@/lib/web/words";

type Props = { readonly searchParams: Promise<Readonly<Record<string, unknown>>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("login.page_title") };
}

/** The first door. */
export default async function LoginPage({ searchParams }: Props) {
  const asked = await searchParams;
  const target = returnTo(asked.returnTo);
  if (await currentSession()) redirect(target);
  const settings = await frameSettings();
  const { say } = settings;
  const said = await saidHere("/login", asked);
  const deviceId = await deviceToForget(said.out);
  const isOver = asked.session === "over" && (await holdsSession());
  const news = newsOf(said, isOver, say);
  return (
    <AuthFrame settings={settings} door={1}>
      <PageHeader title={say("login.page_title")} />
      <LoginForm say={say} returnTo={target} takesPasskeys={mayOfferSignIn()} news={news} />
      <div>
        <ButtonLink look="text" href="/forgot-password">
          {say("reset.forgot_link")}
        </ButtonLink>
      </div>
      <Newcomers say={say} />
      {deviceId !== null && <ForgetBrowser deviceId={deviceId} say={say} />}
    </AuthFrame>
  );
}

/** What happened before in this browser. `isOver`: the guard led it here with a session that lives no longer. */
function newsOf({ out, over, locked, old = "no", reset, unlocked }: Said, isOver: boolean, say: Say): ReactNode {
  if (out === "forgotten") return <Alert tone="success">{say("login.browser_forgotten")}</Alert>;
  if (out !== undefined) return <Alert tone="success">{say("login.logged_out")}</Alert>;
  if (locked !== undefined) return <Alert tone="note">{say("lock.done", { way: locked, old })}</Alert>;
  if (over !== undefined) return <Alert tone="error">{say("password.logged_out")}</Alert>;
  if (reset !== undefined) return <Alert tone="success">{say("reset.done")}</Alert>;
  if (unlocked !== undefined) return <Alert tone="success">{say("unlock.done")}</Alert>;
  return isOver && <Alert tone="note">{say("login.session_over")}</Alert>;
}

/** For whoever has no account yet: where to ask for one, or whom; nothing where nobody new is expected. */
function Newcomers({ say }: { readonly say: Say }) {
  const { registration } = config();
  if (registration === "invitation") return <p className="text-muted">{say("register.by_invitation")}</p>;
  if (registration === "closed") return null;
  return (
    <div>
      <ButtonLink look="text" href="/register">
        {say("register.offer_link")}
      </ButtonLink>
    </div>
  );
}

/** The device that logging out named, where this browser keeps any: what becomes of it is asked again when the button is pressed. */
const deviceToForget = async (out: string | undefined): Promise<string | null> =>
  out !== undefined && isOwnId(out) && (await readCookie("known-device")) !== undefined ? out : null;
