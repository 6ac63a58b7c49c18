import type { ReactNode } from "react";

/** A raised sheet of paper. What lies on it decides about headings and landmarks. */
export function Card({ children }: { readonly children: ReactNode }) {
  return (
    <div className="rounded-card border border-line bg-card p-5 shadow-card sm:p-7 print:border-0 print:p-0 print:shadow-none">
      {children}
    </div>
  );
}
