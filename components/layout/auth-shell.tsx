"use client";

import type { ReactNode } from "react";
import { Archway, type Door } from "@/components/layout/archway";
import { BrandMark } from "@/components/layout/brand-mark";
import type { Foot } from "@/components/layout/foot";
import { FrameFooter } from "@/components/layout/frame-footer";
import type { Brand } from "@/components/layout/frame-settings";
import { Card } from "@/components/ui/card";

type AuthShellProps = {
  readonly brand: Brand;
  readonly foot: Foot;
  readonly door: Door | undefined;
  readonly isWide: boolean;
  readonly children: ReactNode;
};

/** What stands around a page of the way in. In the browser's script for the reason that `AccountShell` has. */
export function AuthShell({ brand, foot, door, isWide, children }: AuthShellProps) {
  return (
    <div className="relative isolate flex min-h-svh flex-col overflow-clip">
      <Archway door={door} />
      <div
        className={`mx-auto flex w-full ${isWide ? "max-w-reading" : "max-w-column"} grow flex-col justify-center gap-6 px-rim pt-20 pb-8`}
      >
        <header className="flex justify-center print:hidden">
          <BrandMark brand={brand} />
        </header>
        <main id="main" tabIndex={-1}>
          <Card>
            <div className="grid gap-6">{children}</div>
          </Card>
        </main>
      </div>
      <FrameFooter foot={foot} />
    </div>
  );
}
