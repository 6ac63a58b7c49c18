import type { ComponentProps, ReactNode } from "react";
import type { Icon } from "@/components/ui/icon";
import type { FormAction } from "@/lib/kernel/form-state";
import type { MessageId } from "@/lib/messages/catalogue";
import type { Say } from "@/lib/messages/say";

export type ChallengeFormProps = {
  readonly action: FormAction;
  readonly say: Say;
  /** The page's own hidden fields. */
  readonly children: ReactNode;
};

export type EnrolFormProps = {
  readonly action: FormAction;
  readonly say: Say;
  /** What the kind's logic shows of the pending factor, by name. */
  readonly shown: Readonly<Record<string, string>>;
  readonly defaultLabel: string;
  /** The page's own hidden fields. */
  readonly children: ReactNode;
};

/** How one kind of proof meets people. The words come from its own messages; where the form posts is the page's matter. */
export type Face = {
  readonly icon: ComponentProps<typeof Icon>["name"];
  /** "Authenticator app": the name that a factor gets unless the person gives one. */
  readonly name: MessageId;
  /** The line in the list of other ways. */
  readonly way: MessageId;
  readonly ChallengeForm: (props: ChallengeFormProps) => ReactNode;
  /** Null for kinds that are not bound. */
  readonly EnrolForm: ((props: EnrolFormProps) => ReactNode) | null;
};
