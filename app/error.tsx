"use client";

import { FaultPage } from "@/components/fault/fault-page";
import { lineFaultOfPage } from "@/components/form/line-fault";

type ErrorProps = { readonly error: Error & { digest?: string }; readonly reset: () => void };

/** A fault below the root layout. */
export default function ErrorPage({ error, reset }: ErrorProps) {
  return <FaultPage reference={error.digest} line={lineFaultOfPage(error)} again={reset} />;
}
