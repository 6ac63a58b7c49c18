import type { Ctx } from "@/lib/context/context";
import { type Beat, startHeartbeat } from "@/lib/portals/heartbeat";
import { joinPortals } from "@/lib/portals/join-portals";
import type { Portal } from "@/lib/portals/portal";

/** This portal's place among those on its database. `refusal`: the sentence that ends the start; `leave`: tells the others that it stops. */
export type Place = {
  readonly self: Portal;
  readonly refusal: string | null;
  readonly leave: () => Promise<void>;
};

/** Waits for the others where keys do not fit, and from then on says that it lives. `onBeat` hears each beat's look at the database's clock. */
export async function takePlace(context: () => Ctx, onBeat?: (beat: Beat) => void): Promise<Place> {
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  const { self, refusal } = await joinPortals({ context, say });
  if (refusal !== null) return { self, refusal, leave: async () => undefined };
  return { self, refusal, leave: startHeartbeat({ context, self, onBeat }) };
}
