import { type ReactNode, useId } from "react";
import { Card } from "@/components/ui/card";

type CardShellProps = {
  readonly title: string;
  /** Usually a `StatusLine`. */
  readonly status: ReactNode;
  /** One action or link; a card offers one next step. */
  readonly action?: ReactNode;
  /** Rows, where the card lists something. */
  readonly children?: ReactNode;
};

/** One subject of the security page: what it is, how it stands, what can be done. */
export function CardShell({ title, status, action, children }: CardShellProps) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <Card>
        <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
          <div className="grid min-w-0 flex-1 basis-60 gap-1.5">
            <h2 id={id} className="text-lg font-bold tracking-tight">
              {title}
            </h2>
            {status}
          </div>
          {action}
        </div>
        {children && <div className="mt-4 border-t border-line">{children}</div>}
      </Card>
    </section>
  );
}
