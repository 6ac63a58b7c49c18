import type { ReactNode } from "react";

/** A raised sheet of paper. What lies on it decides about headings and landmarks. */
export function Card({ children }: { readonly children: ReactNode }) {
  return <div className="card">{children}</div>;
}
