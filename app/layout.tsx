import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import { connection } from "next/server";
import type { ReactNode } from "react";
import "@/app/globals.css";
import { frameSettings } from "@/app/preferences/frame-settings";
import { config } from "@/lib/config/config";
import { languageTags } from "@/lib/messages/say";

export const viewport: Viewport = { width: "device-width", initialScale: 1, colorScheme: "light dark" };

/** Every title ends in the operator's name; search engines have no business here. */
export async function generateMetadata(): Promise<Metadata> {
  await connection(); // nothing of the operator's is baked in while building
  const { name } = config().brand;
  return {
    applicationName: name,
    title: { default: name, template: `%s · ${name}` },
    robots: { index: false, follow: false },
    icons: { icon: "/favicon.svg" },
    formatDetection: { telephone: false, date: false, address: false, email: false },
  };
}

/** The document around every page: language, theme, the operator's accent, the way past the header. */
export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  const { language, say, theme } = await frameSettings();
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  const { accent, accentOnDark } = config().brand;
  return (
    <html lang={languageTags[language]} data-theme={theme}>
      <head>
        <style nonce={nonce} suppressHydrationWarning>{`:root{--brand:${accent};--brand-dark:${accentOnDark}}`}</style>
      </head>
      <body>
        <a
          href="#main"
          className="sr-only focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-10 focus:rounded-control focus:bg-card focus:px-4 focus:py-2.5"
        >
          {say("frame.skip_link")}
        </a>
        {children}
      </body>
    </html>
  );
}
