import type { ReactNode } from "react";
import { Addressed } from "@/components/ui/addressed";
import { Drawing } from "@/components/ui/drawing";
import { backIcon } from "@/components/ui/icons";

type PageHeaderProps = {
  readonly title: string;
  /** One or two sentences below the heading. */
  readonly children?: ReactNode;
  /** The way back up, on pages below another one, or to the app that somebody came from. */
  readonly back?: { readonly href: string; readonly label: string } | null;
};

/** The page's only first-level heading. */
export function PageHeader({ title, children, back }: PageHeaderProps) {
  return (
    <header className="grid gap-2 print:hidden">
      {back && (
        <a
          href={back.href}
          className="-ml-1.5 inline-flex min-h-11 w-fit items-center gap-1 pr-2 font-medium text-accent hover:underline"
        >
          <Drawing path={backIcon} />
          {back.label}
        </a>
      )}
      <h1 className="title">
        <Addressed text={title} />
      </h1>
      {children && <div className="text-muted">{children}</div>}
    </header>
  );
}
