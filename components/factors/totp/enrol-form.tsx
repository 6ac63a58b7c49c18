import type { ReactNode } from "react";
import { Qr } from "@/components/factors/totp/qr";
import { ActionForm } from "@/components/form/action-form";
import { CodeField } from "@/components/form/code-field";
import { FormField } from "@/components/form/form-field";
import { ButtonLink } from "@/components/ui/button";
import { CopyButton, type CopyWords } from "@/components/ui/copy-button";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAction } from "@/lib/kernel/form-state";
import { policy } from "@/lib/policy/policy";

export type TotpEnrolWords = {
  readonly open: string;
  readonly openHint: string;
  readonly scan: string;
  readonly qrLabel: string;
  readonly secretLabel: string;
  readonly secretHint: string;
  readonly copy: CopyWords;
  readonly nameLabel: string;
  readonly nameHint: string;
  readonly codeLabel: string;
  readonly codeHint: string;
  readonly sendsItself: string;
  readonly confirm: string;
  readonly pending: string;
};

type TotpEnrolFormProps = {
  readonly action: FormAction;
  readonly words: TotpEnrolWords;
  /** The base32 secret and the `otpauth:` address of the pending factor. Shown, not stored in the page's state. */
  readonly secret: string;
  readonly uri: string;
  readonly defaultName: string;
  readonly children?: ReactNode;
};

/** Hands the secret over, by camera, link or hand, and asks for a first code beside it, so that both are seen at once where there is room. The fields are `label` and `code`. */
export function TotpEnrolForm({ action, words, secret, uri, defaultName, children }: TotpEnrolFormProps) {
  return (
    <div className="@container">
      <div className="grid items-start gap-6 @xl:grid-cols-2 @xl:gap-8">
        <HandOver words={words} secret={secret} uri={uri} />
        <ActionForm action={action}>
          {children}
          <FormField
            name="label"
            label={words.nameLabel}
            hint={words.nameHint}
            defaultValue={defaultName}
            autoComplete="off"
          />
          <CodeField
            name="code"
            digits={policy.totp.digits}
            label={words.codeLabel}
            hint={words.codeHint}
            sendsItself={words.sendsItself}
          />
          <SubmitButton wide pending={words.pending}>
            {words.confirm}
          </SubmitButton>
        </ActionForm>
      </div>
    </div>
  );
}

/** Link, picture and key: what the app is given. */
function HandOver({ words, secret, uri }: Pick<TotpEnrolFormProps, "words" | "secret" | "uri">) {
  return (
    <div className="grid min-w-0 gap-4">
      <div className="grid gap-2 sm:pointer-fine:hidden">
        <ButtonLink href={uri}>{words.open}</ButtonLink>
        <p className="text-sm text-muted">{words.openHint}</p>
      </div>
      <p>{words.scan}</p>
      <div className="grid justify-items-center">
        <Qr text={uri} label={words.qrLabel} />
      </div>
      <SecretText secret={secret} words={words} />
    </div>
  );
}

/** For apps without a camera: groups of four, as text that one click selects. */
function SecretText({ secret, words }: Pick<TotpEnrolFormProps, "secret" | "words">) {
  return (
    <div className="grid min-w-0 gap-2 rounded-control bg-soft p-4">
      <p className="font-semibold">{words.secretLabel}</p>
      <p className="text-sm text-muted">{words.secretHint}</p>
      <code className="font-mono text-lg tracking-wide select-all">{inFours(secret)}</code>
      <CopyButton text={secret} words={words.copy} />
    </div>
  );
}

const inFours = (secret: string) => secret.match(/.{1,4}/g)?.join(" ") ?? "";
