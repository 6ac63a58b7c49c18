import { config } from "@/lib/config/config";
import { askedNames } from "@/lib/config/passkey-settings";
import type { Ctx } from "@/lib/context/context";
import type { Factor } from "@/lib/factors/factor";
import { openKey, opensAlone, readPasskeyData, type Transport } from "@/lib/factors/passkey/data";
import { userHandleOf } from "@/lib/factors/passkey/handles";
import { passkeyNumbers } from "@/lib/factors/passkey/numbers";
import { relyingParty } from "@/lib/factors/passkey/relying-party";
import { listActiveOfKind } from "@/lib/factors/store";
import type { Scene } from "@/lib/factors/strategy";
import { showEmail } from "@/lib/kernel/email-address";
import { findAccount } from "@/lib/users/store";

/** What the browser is asked for, as JSON (WebAuthn level 3, 5.1.9 and 5.1.10). Nothing of it is secret. */
export type Options = { readonly options: string };

const written = (options: object): Options => ({ options: JSON.stringify(options) });

/** Asks for an answer of one of these passkeys. A step-up wants its person verified where they were when it was bound: a key that was left in its slot is not enough. */
export function assertionOptions(held: readonly Factor[], challenge: string, scene: Scene): Options {
  const asked = answering(held);
  const verifies = asked.map(({ data }) => data.uvAtBinding);
  const wish = verifies.every(Boolean) ? "required" : verifies.some(Boolean) ? "preferred" : "discouraged";
  const behindPassword = asked.some(({ data }) => data.unasked) ? "preferred" : "discouraged"; // verified once there, it opens both doors
  return written({
    challenge,
    rpId: asked[0]?.data.rpId ?? relyingParty().rpId,
    allowCredentials: asked.map(({ key, data: { transports } }) => ({
      type: "public-key",
      id: key.credentialId,
      transports,
    })),
    userVerification: scene.purpose === "STEP_UP" ? wish : behindPassword,
    hints: hintsOf(asked.map(({ data }) => data.transports)),
    timeout: passkeyNumbers.timeout,
  });
}

/** Asks for whichever passkey of ours is at hand: for signing in without a name. */
export const signInOptions = (challenge: string, rpId: string): Options =>
  written({ challenge, rpId, allowCredentials: [], userVerification: "required", timeout: passkeyNumbers.timeout });

/**
 * The passkeys of the one name that can be asked for together: that of today where there is one, else that of the one that was used last. The last used stand first.
 */
function answering(held: readonly Factor[]) {
  const used = ({ lastUsedAt }: Factor) => lastUsedAt?.getTime() ?? 0;
  const readable = [...held]
    .sort((one, other) => used(other) - used(one))
    .flatMap((factor) => {
      const [key, data] = [openKey(factor), readPasskeyData(factor.data)];
      return key && data ? [{ key, data }] : [];
    });
  const [today] = askedNames(config().relyingParty);
  const name = readable.some(({ data }) => data.rpId === today) ? today : readable[0]?.data.rpId;
  return readable.filter(({ data }) => data.rpId === name);
}

const hintOf: Readonly<Record<Transport, string>> = {
  internal: "client-device",
  hybrid: "hybrid",
  usb: "security-key",
  nfc: "security-key",
  ble: "security-key",
  "smart-card": "security-key",
};

/** Where the browser looks first: in the order of what was used last. */
const hintsOf = (transports: readonly (readonly Transport[])[]): readonly string[] => [
  ...new Set(transports.flatMap((words) => words.map((word) => hintOf[word]))),
];

/** Asks for a new passkey, on something that holds none of this person's yet. */
export async function registrationOptions(ctx: Ctx, pending: Factor | undefined, challenge: string): Promise<Options> {
  const account = pending ? await findAccount(ctx, pending.userId) : null;
  const wish = { challenge, residentKey: "preferred", replacesId: pending?.replacesId ?? null } as const;
  return account ? creationOptions(ctx, account, wish) : written({});
}

type Wish = {
  readonly challenge: string;
  readonly residentKey: "preferred" | "required";
  /** The passkey whose place it takes; null: it takes none's. */
  readonly replacesId?: string | null;
};

/** The same for somebody in a session. `required`: where nobody is asked, what the browser keeps must be found without a name. */
export async function creationOptions(
  ctx: Ctx,
  account: { readonly id: string; readonly email: string },
  { challenge, residentKey, replacesId = null }: Wish,
): Promise<Options> {
  const name = showEmail(account.email);
  const own = await listActiveOfKind(ctx, account.id, "passkey");
  return written({
    challenge,
    rp: { id: relyingParty().rpId, name: config().brand.name },
    user: { id: userHandleOf(account.id), name, displayName: name },
    pubKeyCredParams: passkeyNumbers.algorithms.map((alg) => ({ type: "public-key", alg })),
    excludeCredentials: own.flatMap((factor) => {
      const [key, data] = [openKey(factor), readPasskeyData(factor.data)];
      if (!key || (factor.id === replacesId && data && !opensAlone(data))) return []; // a key that was given a PIN since may hold one that opens both doors
      return [{ type: "public-key", id: key.credentialId, transports: data?.transports ?? [] }];
    }),
    authenticatorSelection: { residentKey, userVerification: "preferred" },
    attestation: "none",
    extensions: { credProps: true },
    timeout: passkeyNumbers.timeout,
  });
}
