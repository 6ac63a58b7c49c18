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
        <div className="head">
          <div className="head-words">
            <h2 id={id} className="head-title">
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
