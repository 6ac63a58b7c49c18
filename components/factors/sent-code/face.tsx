import { CodeForm } from "@/components/factors/code-form";
import type { BeginFormProps, BoundFace, ChallengeFormProps, EnrolFormProps, Face } from "@/components/factors/face";
import { sendingOf } from "@/components/factors/prepared-for";
import { SendPanel } from "@/components/factors/sent-code/send-panel";
import { unbroken } from "@/components/factors/sent-code/unbroken";
import { ActionForm } from "@/components/form/action-form";
import { FormField } from "@/components/form/form-field";
import { Addressed } from "@/components/ui/addressed";
import { Alert } from "@/components/ui/alert";
import { ButtonLink } from "@/components/ui/button";
import { SubmitButton } from "@/components/ui/submit-button";
import type { MessageId } from "@/lib/messages/catalogue";
import type { Say } from "@/lib/messages/say";

/** What makes the face of one kind of sent code different from another. */
export type SentCodeFace = Pick<Face, "icon" | "name" | "way"> &
  Pick<BoundFace, "offer" | "setUp"> & {
    readonly code: { readonly digits: number; readonly label: MessageId; readonly hint: MessageId };
    /** The address: its field, what to know before giving it, and the link to another one. */
    readonly destination: {
      readonly label: MessageId;
      readonly hint: (say: Say) => string;
      readonly notice: MessageId;
      readonly another: MessageId;
    };
    readonly input: {
      readonly type: "tel" | "text";
      readonly inputMode: "tel" | "email";
      readonly autoComplete: "tel" | "email";
    };
    /** The account's own e-mail address is a good first guess. */
    readonly offersOwnAddress: boolean;
  };

/** The face of a kind whose code is sent. Its fields are `destination`, `code` and `label`. */
export function sentCodeFace(kind: SentCodeFace): BoundFace {
  const { icon, name, way, offer, setUp } = kind;
  return {
    icon,
    name,
    way,
    offer,
    setUp,
    withoutScripts: null,
    isWide: false,
    ChallengeForm: (props) => <SentCodeChallenge kind={kind} {...props} />,
    BeginForm: (props) => <SentCodeBegin kind={kind} {...props} />,
    EnrolForm: (props) => <SentCodeEnrolment kind={kind} {...props} />,
  };
}

type Of<Props> = Props & { readonly kind: SentCodeFace };

/** Where the code went, the field for it, and the way to another one. Before the first was sent there is nothing to type. */
function SentCodeChallenge({ kind, action, say, prepared, beside, children }: Of<ChallengeFormProps>) {
  const sending = sendingOf(prepared);
  const sentTo = sending?.view.sentTo ?? null;
  return (
    <>
      {sentTo !== null && (
        <>
          <p>
            <Addressed text={say("post.sent_to", { to: unbroken(sentTo) })} />
          </p>
          <CodeForm action={action} say={say} code={kind.code} binds={null} beside={beside}>
            {children}
          </CodeForm>
        </>
      )}
      {sending && (
        <SendPanel sending={sending} say={say}>
          {children}
        </SendPanel>
      )}
    </>
  );
}

function SentCodeBegin({ kind, action, say, ownAddress, children }: Of<BeginFormProps>) {
  const { label, hint, notice } = kind.destination;
  return (
    <ActionForm action={action}>
      {children}
      <FormField
        name="destination"
        label={say(label)}
        hint={hint(say)}
        {...kind.input}
        {...(kind.offersOwnAddress && ownAddress !== null && { defaultValue: ownAddress })}
        autoCapitalize="none"
        spellCheck={false}
        autoFocus
      />
      <Alert tone="note">{say(notice)}</Alert>
      <SubmitButton wide pending={say("frame.one_moment")}>
        {say("post.send_button")}
      </SubmitButton>
    </ActionForm>
  );
}

function SentCodeEnrolment({
  kind,
  action,
  say,
  shown,
  defaultLabel,
  prepared,
  anewHref,
  children,
}: Of<EnrolFormProps>) {
  const sending = sendingOf(prepared);
  return (
    <div className="grid gap-5">
      {shown.to !== undefined && (
        <p>
          <Addressed text={say("post.sent_to", { to: unbroken(shown.to) })} />
        </p>
      )}
      <CodeForm action={action} say={say} code={kind.code} binds={defaultLabel}>
        {children}
      </CodeForm>
      {sending && (
        <SendPanel sending={sending} say={say}>
          {children}
        </SendPanel>
      )}
      <div>
        <ButtonLink look="text" href={anewHref}>
          {say(kind.destination.another)}
        </ButtonLink>
      </div>
    </div>
  );
}
