import type { FrameSettings } from "@/components/layout/frame-settings";
import { Switches } from "@/components/layout/switches";

/** The foot of every frame: help, language, appearance. */
export function FrameFooter({ settings }: { readonly settings: FrameSettings }) {
  const { brand, say } = settings;
  return (
    <footer className="grid justify-items-center gap-1 px-4 py-6 print:hidden">
      {brand.support && (
        <a
          href={brand.support}
          className="inline-flex min-h-11 items-center px-3 text-sm text-accent underline underline-offset-4"
        >
          {say("frame.support_link")}
        </a>
      )}
      <Switches {...settings} />
    </footer>
  );
}
