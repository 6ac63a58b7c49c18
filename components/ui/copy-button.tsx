"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Drawing } from "@/components/ui/drawing";
import { copyIcon } from "@/components/ui/icons";
import { untilScripts, useScripts } from "@/components/ui/use-scripts";

export type CopyWords = { readonly copy: string; readonly copied: string; readonly failed: string };

/** Copies `text` and says whether it worked. Without scripts it is not there: the text beside it can be selected. */
export function CopyButton({ text, words }: { readonly text: string; readonly words: CopyWords }) {
  const scripts = useScripts();
  const [outcome, setOutcome] = useState("");
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setOutcome(words.copied),
      () => setOutcome(words.failed),
    );
  return (
    <span className={`${scripts ? "" : untilScripts} inline-flex flex-wrap items-center gap-x-3 print:hidden`}>
      <Button look="quiet" onClick={copy}>
        <Drawing path={copyIcon} />
        {words.copy}
      </Button>
      <span role="status" className="text-muted">
        {outcome}
      </span>
    </span>
  );
}
