import "@/lib/testing/cheap-hashing";
import { config } from "@/lib/config/config";
import { keepUnasked, optionsUnasked } from "@/lib/pending/keep-unasked";
import { inSession, type Room } from "@/lib/testing/histories/house/room";
import { type Act, type Said, said } from "@/lib/testing/histories/model/said";
import { softwareKey } from "@/lib/testing/software-key";

const elsewhere = "ZWxzZXdoZXJl";
const nothingOffered = JSON.stringify({ challenge: elsewhere, rp: { id: "localhost" } });

/** What a browser makes without a dialogue: nobody was present. */
export const makeUnasked = (
  room: Room,
  { browser, as, isHere }: Extract<Act, { readonly do: "makeUnasked" }>,
): Promise<Said> =>
  inSession(room, browser, {}, async ({ ctx, session }) => {
    const { world } = room;
    const key = softwareKey();
    const options = (await optionsUnasked(ctx, session)) ?? nothingOffered;
    const manners = { present: false, verified: false, counter: 0, ...(isHere ? {} : { challenge: elsewhere }) };
    const credential = key.create(options, config().appUrl, manners);
    const { factorId } = await keepUnasked(ctx, { session, answer: { credential }, defaultLabel: "Factor" });
    world.keys.set(as, key);
    world.names.set(factorId, as);
    world.secrets.set(as, { factorId, secret: "" });
    return said("kept");
  });
