import type { Pass } from "@/lib/challenge/challenge";
import { readPrepared } from "@/lib/challenge/read-challenge";
import type { PreparedView } from "@/lib/challenge/view";
import { config } from "@/lib/config/config";
import type { Ctx } from "@/lib/context/context";
import { writeKey } from "@/lib/factors/passkey/data";
import { handleOfCredential, userHandleOf } from "@/lib/factors/passkey/handles";
import { optionsOfSignIn } from "@/lib/factors/passkey/sign-in";
import { ensure } from "@/lib/kernel/assert";
import { logInWithPasskey } from "@/lib/login/log-in-with-passkey";
import { newChallenge } from "@/lib/login/sign-in/challenge";
import { giveFactor } from "@/lib/testing/move-in";
import { type Make, type Manners, type SoftwareKey, softwareKey } from "@/lib/testing/software-key";

/** A portal that offers passkeys. */
export const passkeySettings = { SECOND_FACTOR_KINDS: "passkey,totp" } as const;

type Given = Make & {
  readonly label?: string;
  readonly uvAtBinding?: boolean;
  readonly rpId?: string;
  readonly isUnasked?: boolean;
};

/** Binds a passkey of this person, as if its ceremony had been passed. Sessions from before are void, as after every binding. */
export async function withPasskey(
  ctx: Ctx,
  { userId }: { readonly userId: string },
  given: Given = {},
): Promise<SoftwareKey & { readonly factorId: string }> {
  const {
    label = "Laptop",
    isUnasked = false,
    uvAtBinding = !isUnasked,
    rpId = new URL(config().appUrl).hostname,
    ...make
  } = given;
  const key = softwareKey(make);
  key.ownedBy(userHandleOf(userId));
  const isSynced = make.isSynced ?? false;
  const begun = {
    secret: writeKey({ credentialId: key.id, publicKey: key.publicKey }),
    handle: handleOfCredential(key.id),
    data: {
      rpId,
      aaguid: "00000000-0000-0000-0000-000000000000",
      transports: make.transports ?? ["internal"],
      backupEligible: isSynced,
      backedUp: isSynced,
      counter: 0,
      uvAtBinding,
      discoverable: true,
      ...(isUnasked && { unasked: true }),
    },
  };
  const { factorId } = await giveFactor(ctx, { userId, kind: "passkey", label, begun });
  return { ...key, factorId };
}

type SignIn = {
  readonly browser?: string | null;
  readonly challenge?: string;
  readonly deviceToken?: string | null;
  readonly manners?: Manners;
};

/** What a browser of these tests keeps of having been handed a challenge. */
export const someBrowser = "what this browser keeps";

/** Hands a browser a challenge and sends what the key answers. */
export function signInWith(ctx: Ctx, key: SoftwareKey, way: SignIn = {}) {
  const { browser = someBrowser, deviceToken = null, challenge = newChallenge(ctx, someBrowser) } = way;
  const credential = key.get(optionsOfSignIn(challenge), config().appUrl, way.manners);
  return logInWithPasskey(ctx, { answer: { credential }, browser, deviceToken, returnTo: "/security" });
}

/** The options that a page was given, as JSON. */
export function optionsIn(prepared: PreparedView | null): string {
  ensure(prepared?.how === "ceremony", "a ceremony was prepared");
  return prepared.options.options ?? "";
}

/** The fields that a key's answer at the second door is sent in. */
export async function answerOf(ctx: Ctx, key: SoftwareKey, pass: Pass, manners: Manners = {}) {
  const options = optionsIn(await readPrepared(ctx, pass, "passkey"));
  return { credential: key.get(options, config().appUrl, manners) };
}
