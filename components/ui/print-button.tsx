"use client";

import { Button } from "@/components/ui/button";
import { Drawing } from "@/components/ui/drawing";
import { printIcon } from "@/components/ui/icons";
import { untilScripts, useScripts } from "@/components/ui/use-scripts";

/** Opens the browser's print dialogue. Without scripts it is not there: the browser's own menu prints as well. */
export function PrintButton({ label }: { readonly label: string }) {
  const scripts = useScripts();
  return (
    <span className={scripts ? "" : untilScripts}>
      <Button look="quiet" onClick={() => window.print()}>
        <Drawing path={printIcon} />
        {label}
      </Button>
    </span>
  );
}
