"use client";

import "@/app/globals.css";
import { FaultPage } from "@/components/fault/fault-page";

type GlobalErrorProps = { readonly error: Error & { digest?: string } };

/** The same when the root layout itself failed: nothing of it is left, so this brings its own document. */
export default function GlobalError({ error }: GlobalErrorProps) {
  return (
    <html lang="en">
      <body>
        <FaultPage reference={error.digest} again={() => window.location.reload()} />
      </body>
    </html>
  );
}
