"use client";

import type { ReactNode } from "react";
import { BrandMark } from "@/components/layout/brand-mark";
import type { Foot } from "@/components/layout/foot";
import { FrameFooter } from "@/components/layout/frame-footer";
import type { Brand } from "@/components/layout/frame-settings";
import { Nav, type NavLink } from "@/components/layout/nav";
import { Addressed } from "@/components/ui/addressed";
import { Button } from "@/components/ui/button";

type AccountShellProps = {
  readonly brand: Brand;
  readonly foot: Foot;
  readonly home: string;
  readonly links: readonly NavLink[];
  readonly path: string;
  readonly words: { readonly who: string; readonly logOut: string; readonly places: string };
  readonly logOut: (form: FormData) => Promise<void>;
  readonly children: ReactNode;
};

/**
 * What stands around a page of the account. In the browser's script, although nothing in it changes: a page then carries the frame's words, and not all of
 * its elements a second time, which costs a tenth of a page's work here (docs/where-the-time-goes.md).
 */
export function AccountShell({ brand, foot, home, links, path, words, logOut, children }: AccountShellProps) {
  const listed = links.length > 1;
  const columns = listed ? "max-w-page lg:grid-cols-4" : "max-w-reading";
  return (
    <div className="flex min-h-svh flex-col">
      <header className="border-b border-line bg-card print:hidden">
        <div className="top">
          <a href={home} className="inline-flex min-h-11 items-center rounded-control">
            <BrandMark brand={brand} />
          </a>
          <p className="top-who">
            <Addressed text={words.who} />
          </p>
          <form action={logOut}>
            <Button type="submit" look="quiet">
              {words.logOut}
            </Button>
          </form>
        </div>
      </header>
      <div className={`mx-auto grid w-full grow content-start gap-6 px-rim py-6 lg:gap-10 lg:py-10 ${columns}`}>
        {listed && <Nav label={words.places} links={links} path={path} />}
        <main id="main" tabIndex={-1} className={`grid min-w-0 content-start gap-6 ${listed ? "lg:col-span-3" : ""}`}>
          {children}
        </main>
      </div>
      <FrameFooter foot={foot} />
    </div>
  );
}
