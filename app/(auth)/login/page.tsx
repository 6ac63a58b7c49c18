import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { signInAction } from "@/app/(auth)/login/actions";
import { ForgetBrowser } from "@/app/(auth)/login/forget-browser";
import { LoginForm } from "@/app/(auth)/login/login-form";
import { frameSettings } from "@/app/preferences/frame-settings";
import { SignIn } from "@/components/factors/passkey/sign-in-late";
import { ActionForm } from "@/components/form/action-form";
import { AuthFrame } from "@/components/layout/auth-frame";
import { Alert } from "@/components/ui/alert";
import { ButtonLink, buttonClasses } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { config } from "@/lib/config/config";
import { mayOfferSignIn } from "@/lib/factors/passkey/sign-in";
import type { Say } from "@/lib/messages/say";
import { isOwnId } from "@/lib/sessions/schema";
import { readCookie } from "@/lib/web/cookie-jar";
import { currentSession } from "@/lib/web/guard";
import { returnTo } from "@/lib/web/return-to";
import { words } from "@/lib/web/words";

type Props = {
  readonly searchParams: Promise<
    Readonly<Partial<Record<"returnTo" | "out" | "over" | "locked" | "reset" | "unlocked", unknown>>>
  >;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("login.page_title") };
}

/** The first door. */
export default async function LoginPage({ searchParams }: Props) {
  const { returnTo: wanted, out, over, locked, reset, unlocked } = await searchParams;
  const target = returnTo(wanted);
  if (await currentSession()) redirect(target);
  const settings = await frameSettings();
  const { say } = settings;
  const deviceId = await deviceToForget(out);
  const takesPasskeys = mayOfferSignIn();
  return (
    <AuthFrame settings={settings} door={1}>
      <PageHeader title={say("login.page_title")} />
      <LoginForm
        say={say}
        returnTo={target}
        takesPasskeys={takesPasskeys}
        news={
          (out === "forgotten" && <Alert tone="success">{say("login.browser_forgotten")}</Alert>) ||
          (out !== undefined && <Alert tone="success">{say("login.logged_out")}</Alert>) ||
          (locked !== undefined && <Alert tone="success">{say("lock.done", { way: String(locked) })}</Alert>) ||
          (over !== undefined && <Alert tone="error">{say("password.logged_out")}</Alert>) ||
          (reset !== undefined && <Alert tone="success">{say("reset.done")}</Alert>) ||
          (unlocked !== undefined && <Alert tone="success">{say("unlock.done")}</Alert>)
        }
      />
      {takesPasskeys && <Passkeys say={say} returnTo={target} />}
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

/** The class of a button that does nothing until the field before it is awake: it keeps its place, and without scripts is left out. */
const afterField = "peer-disabled:invisible noscript:hidden";

/** Both doors at once, by passkeys of the portal's name and, after a move, of a former one. */
function Passkeys({ say, returnTo }: { readonly say: Say; readonly returnTo: string }) {
  const former = config().relyingParty?.formerIds ?? [];
  return (
    <ActionForm action={signInAction}>
      <input type="hidden" name="returnTo" value={returnTo} />
      <SignIn />
      <button type="button" data-of="" className={`${buttonClasses({ look: "quiet", wide: true })} ${afterField}`}>
        {say("passkey.use_button")}
      </button>
      {former.map((name) => (
        <div key={name} className={afterField}>
          <button type="button" data-of={name} className={buttonClasses({ look: "text" })}>
            {say("passkey.use_former_button", { name })}
          </button>
        </div>
      ))}
    </ActionForm>
  );
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
const deviceToForget = async (out: unknown): Promise<string | null> =>
  typeof out === "string" && isOwnId(out) && (await readCookie("known-device")) !== undefined ? out : null;
