import type { ReactNode } from "react";
import { ActionForm } from "@/components/form/action-form";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAction } from "@/lib/kernel/form-state";

type QuestionProps = {
  /** The question itself, the page's heading. */
  readonly title: string;
  /** What will be so afterwards. */
  readonly sentences: readonly string[];
  /** What the first sentence speaks of, by name. */
  readonly list?: readonly string[];
  readonly action: FormAction;
  readonly yes: string;
  /** The way back, on which nothing happens. */
  readonly no: { readonly href: string; readonly label: string };
  readonly pending: string;
  /** Hidden fields. */
  readonly children?: ReactNode;
};

/** A page that asks before something goes that cannot be had back: what will be so afterwards, yes, and no. */
export function Question({ title, sentences, list = [], action, yes, no, pending, children }: QuestionProps) {
  const [first, ...more] = sentences;
  return (
    <>
      <PageHeader title={title} />
      <Card>
        <div className="grid gap-5">
          <div className="grid max-w-column gap-2">
            <p>{first}</p>
            {list.length > 0 && (
              <ul className="list-disc pl-6">
                {list.map((name, place) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: names may repeat, and the list stands still
                  <li key={place}>{name}</li>
                ))}
              </ul>
            )}
            {more.map((sentence) => (
              <p key={sentence}>{sentence}</p>
            ))}
          </div>
          <ActionForm action={action}>
            {children}
            <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
              <SubmitButton look="danger" pending={pending}>
                {yes}
              </SubmitButton>
              <ButtonLink look="text" href={no.href}>
                {no.label}
              </ButtonLink>
            </div>
          </ActionForm>
        </div>
      </Card>
    </>
  );
}
