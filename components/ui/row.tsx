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
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-4">
      <div className="min-w-0 flex-1 basis-56">
        <p className="flex flex-wrap items-center gap-2 font-semibold">
          {title}
          {badge}
        </p>
        {detail && <p className="text-sm text-muted">{detail}</p>}
      </div>
      {action}
    </li>
  );
}
