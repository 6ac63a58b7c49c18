import type { BrowserContext, CDPSession, Page } from "@playwright/test";
import * as z from "zod";
import { userHandleOf } from "@/lib/factors/passkey/handles";
import type { SoftwareKey } from "@/lib/testing/software-key";

/** What a virtual authenticator of Chromium's is like (DevTools protocol, WebAuthn domain). */
type Make = {
  readonly transport?: "internal" | "usb";
  readonly verifies?: boolean;
  readonly isResident?: boolean;
};

type Belonging = { readonly rpId: string; readonly userId: string };

export type VirtualKey = {
  /** The names of the portals whose passkeys it holds, and what their owners are called there. */
  readonly credentials: () => Promise<readonly { readonly rpId?: string; readonly userName?: string }[]>;
  /** Its person confirms, or does not, from now on. */
  readonly confirms: (does: boolean) => Promise<void>;
  /** Its person can be told from another, or not, from now on. */
  readonly verifies: (does: boolean) => Promise<void>;
  /** It holds this passkey too. */
  readonly takes: (key: SoftwareKey, of: Belonging) => Promise<void>;
  /** It was wiped. */
  readonly forgetsAll: () => Promise<void>;
};

const credential = z.object({ rpId: z.string().optional(), userName: z.string().optional() });
const credentialsIn = z.object({ credentials: z.array(credential) });

const base64 = (text: string) => Buffer.from(text, "base64url").toString("base64");

/** Puts an authenticator into the browser that a page is open in. */
export async function virtualKey(context: BrowserContext, page: Page, make: Make = {}): Promise<VirtualKey> {
  const { transport = "internal", verifies = true, isResident = true } = make;
  const session = await context.newCDPSession(page);
  await session.send("WebAuthn.enable");
  const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport,
      hasResidentKey: isResident,
      hasUserVerification: verifies,
      isUserVerified: verifies,
      automaticPresenceSimulation: true,
    },
  });
  return controls(session, authenticatorId);
}

const controls = (session: CDPSession, authenticatorId: string): VirtualKey => ({
  credentials: async () =>
    credentialsIn.parse(await session.send("WebAuthn.getCredentials", { authenticatorId })).credentials,
  confirms: async (does) => {
    await session.send("WebAuthn.setAutomaticPresenceSimulation", { authenticatorId, enabled: does });
  },
  verifies: async (does) => {
    await session.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: does });
  },
  takes: async (key, { rpId, userId }) => {
    const own = { credentialId: base64(key.id), privateKey: key.pkcs8(), userHandle: base64(userHandleOf(userId)) };
    const more = { rpId, isResidentCredential: true, signCount: 1 };
    await session.send("WebAuthn.addCredential", { authenticatorId, credential: { ...own, ...more } });
  },
  forgetsAll: async () => {
    await session.send("WebAuthn.clearCredentials", { authenticatorId });
  },
});
