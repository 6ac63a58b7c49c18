import type { ReactNode } from "react";

type RowProps = {
  readonly title: ReactNode;
  readonly detail?: ReactNode;
  /** Badges after the title. */
  readonly badge?: ReactNode;
  /** What can be done about it: a link or a form. */
  readonly action?: ReactNode;
};

/** The list around rows. */
export function Rows({ children }: { readonly children: ReactNode }) {
  return <ul className="-mb-4 divide-y divide-line">{children}</ul>;
}

/** One thing in a list: what it is, a line about it, what can be done. On a phone the action moves below. */
export function Row({ title, detail, badge, action }: RowProps) {
  return (
    <li className="row">
      <div className="row-words">
        <p className="row-title">
          {title}
          {badge}
        </p>
        {detail && <p className="text-sm text-muted">{detail}</p>}
      </div>
      {action}
    </li>
  );
}
