import { config } from "@/lib/config/config";
import type { RawCtx } from "@/lib/context/context";
import { fingerprintsOf } from "@/lib/delivery/channels";
import { findProof, renewProof, saveProof } from "@/lib/delivery/store";
import { type ChannelName, channelNames } from "@/lib/policy/channels";
import { addressKinds, channelOf } from "@/lib/policy/kinds";

/** A test letter has left through this channel with its present settings. */
export async function noteProof(ctx: RawCtx, channel: ChannelName): Promise<void> {
  const [fingerprint] = fingerprintsOf(channel);
  if (fingerprint !== undefined) await saveProof(ctx, channel, fingerprint);
}

/**
 * Has this channel delivered a test letter with its present settings? Nobody may depend on one that has not: their code would never
 * come. Off is never proven, the developers' mailbox always.
 */
export async function isProven(ctx: RawCtx, channel: ChannelName): Promise<boolean> {
  return isProvenBy(needsProof(channel) ? await findProof(ctx, channel) : null, channel);
}

/** The same by the proof that was read before, or null. Pure. */
export function isProvenBy(proof: string | null, channel: ChannelName): boolean {
  if (!needsProof(channel)) return kindOf(channel) === "mailbox";
  return proof !== null && fingerprintsOf(channel).includes(proof);
}

const kindOf = (channel: ChannelName) => (channel === "mail" ? config().mail : config().sms).kind;

const needsProof = (channel: ChannelName): boolean => !["off", "mailbox"].includes(kindOf(channel));

/** Writes proofs made under an older key anew, so that they outlive it. Called at every start, which a rotation asks for. */
export async function renewProofs(ctx: RawCtx): Promise<void> {
  for (const channel of channelNames) {
    const [newest, ...older] = fingerprintsOf(channel);
    const proof = await findProof(ctx, channel);
    if (newest !== undefined && proof !== null && older.includes(proof))
      await renewProof(ctx, { channel, from: proof, to: newest });
  }
}

/** The channels of listed kinds that are not proven: their kinds stay off until somebody has sent a test letter. */
export async function unprovenChannels(ctx: RawCtx): Promise<readonly ChannelName[]> {
  const { kinds } = config().secondFactor;
  const wanted = [
    ...new Set(addressKinds.filter((kind) => kinds.includes(kind)).flatMap((kind) => channelOf(kind) ?? [])),
  ];
  const proven = await Promise.all(wanted.map((channel) => isProven(ctx, channel)));
  return wanted.filter((_, at) => proven[at] === false);
}
