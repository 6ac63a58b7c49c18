import type { ReactNode } from "react";
import { AccountShell } from "@/components/layout/account-shell";
import { footOf } from "@/components/layout/foot";
import type { FrameSettings } from "@/components/layout/frame-settings";
import type { NavLink } from "@/components/layout/nav";

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
export function AccountFrame({ settings, who, ...rest }: AccountFrameProps) {
  const { say, brand } = settings;
  const words = {
    who: say("frame.signed_in_label", { who }),
    logOut: say("frame.log_out_button"),
    places: say("frame.navigation_label"),
  };
  return <AccountShell brand={brand} foot={footOf(settings)} words={words} {...rest} />;
}
