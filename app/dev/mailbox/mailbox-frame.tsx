import type { ReactNode } from "react";
import { frameSettings } from "@/app/preferences/frame-settings";
import { BrandMark } from "@/components/layout/brand-mark";
import { footOf } from "@/components/layout/foot";
import { FrameFooter } from "@/components/layout/frame-footer";

/** One wide column for pages that belong to nobody's account. */
export async function MailboxFrame({ children }: { readonly children: ReactNode }) {
  const settings = await frameSettings();
  return (
    <div className="flex min-h-svh flex-col">
      <header className="border-b border-line bg-card">
        <div className="mx-auto max-w-reading px-4 py-3">
          <BrandMark brand={settings.brand} />
        </div>
      </header>
      <main id="main" tabIndex={-1} className="mx-auto grid w-full max-w-reading grow content-start gap-6 px-4 py-8">
        {children}
      </main>
      <FrameFooter foot={footOf(settings)} />
    </div>
  );
}
