import { Fragment, type ReactNode } from "react";
import { ActionForm } from "@/components/form/action-form";
import { ButtonLink } from "@/components/ui/button";
import { CopyButton, type CopyWords } from "@/components/ui/copy-button";
import { Drawing } from "@/components/ui/drawing";
import { downloadIcon } from "@/components/ui/icons";
import { PrintButton } from "@/components/ui/print-button";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAction } from "@/lib/kernel/form-state";

export type CodesSheetWords = {
  /** "Recovery codes", on paper and as the list's name. */
  readonly title: string;
  readonly portal: string;
  /** Where the codes open: without it a sheet of paper leads nowhere. */
  readonly address: string;
  readonly account: string;
  readonly made: string;
  /** How one of them is used, for the day on which nothing else is at hand. */
  readonly use: string;
  /** "Do not keep this sheet with the device that it stands in for." */
  readonly keepApart: string;
  readonly copy: CopyWords;
  readonly download: string;
  readonly print: string;
  readonly saved: string;
  readonly pending: string;
};

type CodesSheetProps = {
  readonly codes: readonly string[];
  readonly words: CodesSheetWords;
  readonly fileName: string;
  /** Where "I have saved these codes" leads. */
  readonly action: FormAction;
  readonly children?: ReactNode;
};

/** The codes, once: to copy, to keep as a file, to print. On paper only the sheet remains. */
export function CodesSheet({ codes, words, fileName, action, children }: CodesSheetProps) {
  const facts = [words.portal, words.address, words.account, words.made];
  const text = [words.title, ...facts, "", ...codes, "", words.use, words.keepApart, ""].join("\r\n");
  return (
    <div className="grid gap-6">
      <Paper codes={codes} words={words} facts={facts} />
      <div className="flex flex-wrap gap-3 print:hidden">
        <ButtonLink look="quiet" href={asFile(text)} download={fileName}>
          <Drawing path={downloadIcon} />
          {words.download}
        </ButtonLink>
        <PrintButton label={words.print} />
        <CopyButton text={codes.join("\n")} words={words.copy} />
      </div>
      <div className="print:hidden">
        <ActionForm action={action}>
          {children}
          <SubmitButton wide pending={words.pending}>
            {words.saved}
          </SubmitButton>
        </ActionForm>
      </div>
    </div>
  );
}

type PaperProps = Pick<CodesSheetProps, "codes" | "words"> & { readonly facts: readonly string[] };

/** The sheet itself: on a screen only the codes, on paper also whose they are and how they are used. */
function Paper({ codes, words, facts }: PaperProps) {
  return (
    <div className="grid gap-4 rounded-control border border-line bg-soft p-rim print:border-0 print:bg-transparent print:p-0">
      <div className="hidden print:block">
        <p className="text-2xl font-bold">{words.title}</p>
        {facts.map((fact) => (
          <p key={fact}>{fact}</p>
        ))}
      </div>
      <ol aria-label={words.title} className="grid justify-center gap-x-8 gap-y-2 font-mono text-lg sm:grid-cols-2">
        {codes.map((code) => (
          <li key={code} className="text-center select-all">
            <Groups code={code} />
          </li>
        ))}
      </ol>
      <div className="hidden print:block">
        <p>{words.use}</p>
        <p className="font-semibold">{words.keepApart}</p>
      </div>
    </div>
  );
}

/** A code, with a place between its groups where a narrow line may end; it is copied without. */
function Groups({ code }: { readonly code: string }) {
  return code.split("-").map((group, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: groups may repeat, and stand still
    <Fragment key={place}>
      {place > 0 && "-"}
      {place > 0 && <wbr />}
      {group}
    </Fragment>
  ));
}

/** The file travels inside the page: no second request could show the codes again, and no script is needed. */
const asFile = (text: string) => `data:text/plain;charset=utf-8,${encodeURIComponent(text)}`;
