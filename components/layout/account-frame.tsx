import type { ReactNode } from "react";
import { BrandMark } from "@/components/layout/brand-mark";
import { FrameFooter } from "@/components/layout/frame-footer";
import type { FrameSettings } from "@/components/layout/frame-settings";
import { Nav, type NavLink } from "@/components/layout/nav";
import { Button } from "@/components/ui/button";

type AccountFrameProps = {
  readonly settings: FrameSettings;
  /** The name or address of the person who is logged in. */
  readonly who: string;
  readonly home: string;
  readonly links: readonly NavLink[];
  /** The page's own address, to tell which of the links it is. */
  readonly path: string;
  /** A plain form action: logging out must work when nothing else does (ASVS 7.4.4). */
  readonly logOut: (form: FormData) => Promise<void>;
  readonly children: ReactNode;
};

/** The settings: header with the way out, a list of pages, the page. */
export function AccountFrame({ settings, who, home, links, path, logOut, children }: AccountFrameProps) {
  const { say, brand } = settings;
  const listed = links.length > 1;
  const columns = listed ? "max-w-page lg:grid-cols-4" : "max-w-reading";
  return (
    <div className="flex min-h-svh flex-col">
      <header className="border-b border-line bg-card print:hidden">
        <div className="mx-auto flex max-w-page flex-wrap items-center justify-between gap-x-6 gap-y-1 px-4 py-3">
          <a href={home} className="inline-flex min-h-11 items-center rounded-control">
            <BrandMark brand={brand} />
          </a>
          <p className="order-last w-full text-sm text-muted sm:order-none sm:ml-auto sm:w-auto">
            {say("frame.signed_in_label", { who })}
          </p>
          <form action={logOut}>
            <Button type="submit" look="quiet">
              {say("frame.log_out_button")}
            </Button>
          </form>
        </div>
      </header>
      <div className={`mx-auto grid w-full grow content-start gap-6 px-4 py-6 lg:gap-10 lg:py-10 ${columns}`}>
        {listed && <Nav label={say("frame.navigation_label")} links={links} path={path} />}
        <main id="main" tabIndex={-1} className={`grid min-w-0 content-start gap-6 ${listed ? "lg:col-span-3" : ""}`}>
          {children}
        </main>
      </div>
      <FrameFooter settings={settings} />
    </div>
  );
}
