import type { ReactNode } from "react";
import { Qr } from "@/components/factors/totp/qr";
import { ButtonLink } from "@/components/ui/button";
import { CopyButton, type CopyWords } from "@/components/ui/copy-button";

export type HandOverWords = {
  readonly open: string;
  readonly openHint: string;
  readonly scan: string;
  /** The same after the link, where that stands. */
  readonly orScan: string;
  readonly qrLabel: string;
  readonly secretLabel: string;
  readonly secretHint: string;
  readonly copy: CopyWords;
};

type HandOverProps = {
  readonly words: HandOverWords;
  /** The base32 secret and the `otpauth:` address of the pending factor. Shown, not stored in the page's state. */
  readonly secret: string;
  readonly uri: string;
};

/** Hands the secret over, by camera, link or hand, and beside it asks for a first code, so that both are seen at once where there is room. */
export function BesideHandOver({ children, ...given }: HandOverProps & { readonly children: ReactNode }) {
  return (
    <div className="@container">
      <div className="grid items-start gap-6 @xl:grid-cols-2 @xl:gap-8">
        <HandOver {...given} />
        {children}
      </div>
    </div>
  );
}

/** Link, picture and key: what the app is given. */
function HandOver({ words, secret, uri }: HandOverProps) {
  return (
    <div className="grid min-w-0 gap-4">
      <div className="grid gap-2 sm:pointer-fine:hidden">
        <ButtonLink href={uri}>{words.open}</ButtonLink>
        <p className="text-sm text-muted">{words.openHint}</p>
      </div>
      <p className="sm:pointer-fine:hidden">{words.orScan}</p>
      <p className="hidden sm:pointer-fine:block">{words.scan}</p>
      <div className="grid justify-items-center">
        <Qr text={uri} label={words.qrLabel} />
      </div>
      <SecretText secret={secret} words={words} />
    </div>
  );
}

/** For apps without a camera: groups of four, as text that one click selects. */
function SecretText({ secret, words }: Pick<HandOverProps, "secret" | "words">) {
  return (
    <div className="grid min-w-0 gap-2 rounded-control bg-soft p-rim">
      <p className="font-semibold">{words.secretLabel}</p>
      <p className="text-sm text-muted">{words.secretHint}</p>
      <code className="font-mono text-lg tracking-wide select-all">{inFours(secret)}</code>
      <CopyButton text={secret} words={words.copy} />
    </div>
  );
}

const inFours = (secret: string) => secret.match(/.{1,4}/g)?.join(" ") ?? "";
