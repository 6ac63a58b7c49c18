import type { ReactNode } from "react";

type EmptyProps = { readonly title: string; readonly text: string; readonly children?: ReactNode };

/** A list without entries: says what it would hold and offers, as children, the next step. */
export function Empty({ title, text, children }: EmptyProps) {
  return (
    <div className="rounded-control border border-dashed border-edge px-5 py-8 text-center">
      <p className="font-semibold">{title}</p>
      <p className="mt-1 text-muted">{text}</p>
      {children && <div className="mt-5">{children}</div>}
    </div>
  );
}
