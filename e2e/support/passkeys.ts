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

/** Whose it is, and how often it was used; once, unless said otherwise. */
type Belonging = { readonly rpId: string; readonly userId: string; readonly signCount?: number };

/** One passkey as an authenticator keeps it, with all that another one would need to have it too. */
const credential = z.looseObject({
  credentialId: z.string(),
  isResidentCredential: z.boolean(),
  rpId: z.string().optional(),
  privateKey: z.string(),
  signCount: z.number(),
  userName: z.string().optional(),
});
const credentialsIn = z.object({ credentials: z.array(credential) });

type Kept = z.infer<typeof credential>;

export type VirtualKey = {
  /** What it holds: of which portal by name, and what its owner is called there. */
  readonly credentials: () => Promise<readonly Kept[]>;
  /** The ids of these, as the portal writes them. */
  readonly ids: () => Promise<readonly string[]>;
  /** Its person confirms, or does not, from now on. */
  readonly confirms: (does: boolean) => Promise<void>;
  /** It holds this passkey too. */
  readonly takes: (key: SoftwareKey, of: Belonging) => Promise<void>;
  /** It is another make from now on, with everything that it holds: it was given a PIN, for instance. */
  readonly becomes: (make: Make) => Promise<void>;
  /** Another authenticator in the same browser. */
  readonly beside: (make: Make) => Promise<VirtualKey>;
  /** It was wiped. */
  readonly forgetsAll: () => Promise<void>;
};

const base64 = (text: string) => Buffer.from(text, "base64url").toString("base64");

/** Puts an authenticator into the browser that a page is open in. */
export async function virtualKey(context: BrowserContext, page: Page, make: Make = {}): Promise<VirtualKey> {
  const session = await context.newCDPSession(page);
  await session.send("WebAuthn.enable");
  return controls(session, await added(session, make));
}

async function added(session: CDPSession, make: Make): Promise<string> {
  const { transport = "internal", verifies = true, isResident = true } = make;
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
  return authenticatorId;
}

function controls(session: CDPSession, first: string): VirtualKey {
  let authenticatorId = first;
  const credentials = async () =>
    credentialsIn.parse(await session.send("WebAuthn.getCredentials", { authenticatorId })).credentials;
  const hold = (one: Kept) => session.send("WebAuthn.addCredential", { authenticatorId, credential: one });
  return {
    credentials,
    ids: async () =>
      (await credentials()).map(({ credentialId }) => Buffer.from(credentialId, "base64").toString("base64url")),
    confirms: async (does) => {
      await session.send("WebAuthn.setAutomaticPresenceSimulation", { authenticatorId, enabled: does });
    },
    takes: async (key, { rpId, userId, signCount = 1 }) => {
      const own = { credentialId: base64(key.id), privateKey: key.pkcs8(), userHandle: base64(userHandleOf(userId)) };
      await hold({ ...own, rpId, isResidentCredential: true, signCount });
    },
    becomes: async (make) => {
      const kept = await credentials();
      await session.send("WebAuthn.removeVirtualAuthenticator", { authenticatorId });
      authenticatorId = await added(session, make);
      for (const one of kept) await hold(one);
    },
    beside: async (make) => controls(session, await added(session, make)),
    forgetsAll: async () => {
      await session.send("WebAuthn.clearCredentials", { authenticatorId });
    },
  };
}
