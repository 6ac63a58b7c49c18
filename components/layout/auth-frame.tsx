import type { ReactNode } from "react";
import { Archway, type Door } from "@/components/layout/archway";
import { BrandMark } from "@/components/layout/brand-mark";
import { FrameFooter } from "@/components/layout/frame-footer";
import type { FrameSettings } from "@/components/layout/frame-settings";
import { Card } from "@/components/ui/card";

type AuthFrameProps = {
  readonly settings: FrameSettings;
  /** Which of the two doors this page is, where it is one. */
  readonly door?: Door;
  /** A wider column, for what wants two things beside each other. */
  readonly isWide?: boolean;
  readonly children: ReactNode;
};

/** One narrow column for the way in. */
export function AuthFrame({ settings, door, isWide = false, children }: AuthFrameProps) {
  return (
    <div className="relative isolate flex min-h-svh flex-col overflow-clip">
      <Archway door={door} />
      <div
        className={`mx-auto flex w-full ${isWide ? "max-w-reading" : "max-w-column"} grow flex-col justify-center gap-6 px-4 pt-20 pb-8`}
      >
        <header className="flex justify-center print:hidden">
          <BrandMark brand={settings.brand} />
        </header>
        <main id="main" tabIndex={-1}>
          <Card>
            <div className="grid gap-6">{children}</div>
          </Card>
        </main>
      </div>
      <FrameFooter settings={settings} />
    </div>
  );
}
