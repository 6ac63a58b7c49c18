import type { ReactNode } from "react";
import type { Door } from "@/components/layout/archway";
import { AuthShell } from "@/components/layout/auth-shell";
import { footOf } from "@/components/layout/foot";
import type { FrameSettings } from "@/components/layout/frame-settings";

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
    <AuthShell brand={settings.brand} foot={footOf(settings)} door={door} isWide={isWide}>
      {children}
    </AuthShell>
  );
}
