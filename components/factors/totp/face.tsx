import { CodeForm } from "@/components/factors/code-form";
import type { BoundFace, ChallengeFormProps, EnrolFormProps } from "@/components/factors/face";
import { BesideHandOver } from "@/components/factors/totp/hand-over";
import { totpNumbers } from "@/lib/factors/totp/numbers";

/** An authenticator app, as people meet it. */
export const totpFace: BoundFace = {
  icon: "phone",
  name: "totp.kind_name",
  way: "totp.way_link",
  offer: "totp.offer",
  setUp: "totp.set_up_title",
  ChallengeForm,
  BeginForm: null,
  withoutScripts: null,
  isWide: true,
  EnrolForm,
};

const digits = totpNumbers.digits;

function ChallengeForm({ action, say, beside, children }: ChallengeFormProps) {
  const code = { digits, label: "totp.code_label", hint: "totp.code_hint" } as const;
  return (
    <CodeForm action={action} say={say} code={code} binds={null} beside={beside}>
      {children}
    </CodeForm>
  );
}

function EnrolForm({ action, say, shown, defaultLabel, children }: EnrolFormProps) {
  const code = { digits, label: "totp.code_label", hint: "factors.confirm_hint" } as const;
  const words = {
    open: say("factors.open_link"),
    openHint: say("factors.open_hint"),
    scan: say("factors.scan"),
    orScan: say("factors.or_scan"),
    qrLabel: say("factors.qr_label"),
    secretLabel: say("factors.secret_label"),
    secretHint: say("factors.secret_hint"),
    copy: { copy: say("frame.copy_button"), copied: say("frame.copied"), failed: say("frame.not_copied") },
  };
  return (
    <BesideHandOver words={words} secret={shown.secret ?? ""} uri={shown.uri ?? ""}>
      <CodeForm action={action} say={say} code={code} binds={defaultLabel} autoFocus={false}>
        {children}
      </CodeForm>
    </BesideHandOver>
  );
}
