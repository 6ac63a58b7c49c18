import type { BrowserContext, CDPSession, Page } from "@playwright/test";
import * as z from "zod";

/** What a virtual authenticator of Chromium's is like (DevTools protocol, WebAuthn domain). */
type Make = {
  readonly transport?: "internal" | "usb";
  readonly verifies?: boolean;
  readonly isResident?: boolean;
};

export type VirtualKey = {
  readonly session: CDPSession;
  readonly id: string;
  /** The passkeys that it holds. */
  readonly credentials: () => Promise<readonly { readonly credentialId: string }[]>;
  /** Its person confirms, or does not, from now on. */
  readonly confirms: (does: boolean) => Promise<void>;
};

const credentialsIn = z.object({ credentials: z.array(z.object({ credentialId: z.string() })) });

/** Puts an authenticator into the browser that a page is open in. */
export async function virtualKey(context: BrowserContext, page: Page, make: Make = {}): Promise<VirtualKey> {
  const { transport = "internal", verifies = true, isResident = true } = make;
  const session = await context.newCDPSession(page);
  await session.send("WebAuthn.enable");
  const { authenticatorId: id } = await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport,
      hasResidentKey: isResident,
      hasUserVerification: verifies,
      isUserVerified: verifies,
      automaticPresenceSimulation: true,
    },
  });
  return {
    session,
    id,
    credentials: async () =>
      credentialsIn.parse(await session.send("WebAuthn.getCredentials", { authenticatorId: id })).credentials,
    confirms: async (does) => {
      await session.send("WebAuthn.setAutomaticPresenceSimulation", { authenticatorId: id, enabled: does });
    },
  };
}
