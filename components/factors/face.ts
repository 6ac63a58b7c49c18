import type { ComponentProps, ReactNode } from "react";
import type { Icon } from "@/components/ui/icon";
import type { PreparedView, SentCodeView } from "@/lib/challenge/view";
import type { FormAction } from "@/lib/kernel/form-state";
import type { MessageId } from "@/lib/messages/catalogue";
import type { Say } from "@/lib/messages/say";
import type { Language } from "@/lib/messages/words-shape";

/** What a page knows of the codes that are sent for its form; kinds that need none look at nothing of it. */
export type Sending = {
  readonly view: SentCodeView;
  /** Asks for another one; the fields are the page's own and, where there is a choice, `factorId`. */
  readonly send: FormAction;
  readonly now: Date;
  readonly language: Language;
};

/** What was prepared for the form: a code that was sent, or may be; or the options of a ceremony, for the kind's own script. */
export type Prepared = (Sending & { readonly how: "send" }) | Extract<PreparedView, { readonly how: "ceremony" }>;

type FormProps = {
  readonly action: FormAction;
  readonly say: Say;
  /** The page's own hidden fields. */
  readonly children: ReactNode;
};

export type ChallengeFormProps = FormProps & {
  /** What the person may say beside their answer. */
  readonly beside: ReactNode;
  /** Null for kinds whose answer the person has at hand. */
  readonly prepared: Prepared | null;
};

export type BeginFormProps = FormProps & {
  /** The account's own e-mail address, where the page may show it. */
  readonly ownAddress: string | null;
};

export type EnrolFormProps = FormProps & {
  /** What the kind's logic shows of the pending factor, by name. */
  readonly shown: Readonly<Record<string, string>>;
  readonly defaultLabel: string;
  readonly prepared: Prepared | null;
  /** Where the enrolment begins anew with another address, for kinds that begin with one. */
  readonly anewHref: string;
};

/** How one kind of proof meets people. The words come from its own messages; where the forms post is the page's matter. */
export type Face = {
  readonly icon: ComponentProps<typeof Icon>["name"];
  /** "Authenticator app": the name that a factor gets unless the person gives one. */
  readonly name: MessageId;
  /** The line in the list of other ways. */
  readonly way: MessageId;
  readonly ChallengeForm: (props: ChallengeFormProps) => ReactNode;
};

/** The face of a kind that is bound. */
export type BoundFace = Face & {
  /** One sentence for the list of what can be set up: what it is, and how safe. */
  readonly offer: MessageId;
  /** The heading over its enrolment. */
  readonly setUp: MessageId;
  /** Asks for what the enrolment begins with; null where a button is enough. */
  readonly BeginForm: ((props: BeginFormProps) => ReactNode) | null;
  /** It is made by the browser's scripts: what is said where none run, before anything is begun there. Null for a kind that needs none. */
  readonly withoutScripts: MessageId | null;
  /** Its form stands beside something to look at: the page gives it more room. */
  readonly isWide: boolean;
  readonly EnrolForm: (props: EnrolFormProps) => ReactNode;
};
