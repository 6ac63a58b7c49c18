import "@/lib/testing/cheap-hashing";
import type { Pass } from "@/lib/challenge/challenge";
import { readPrepared } from "@/lib/challenge/read-challenge";
import type { PreparedView } from "@/lib/challenge/view";
import { config } from "@/lib/config/config";
import type { Ctx } from "@/lib/context/context";
import type { Code } from "@/lib/testing/histories/model/said";
import type { World } from "@/lib/testing/histories/world";
import { type Manners, softwareKey } from "@/lib/testing/software-key";

/** A challenge that nobody was handed here. */
const elsewhere = "b3RoZXI";
const nothingAsked = JSON.stringify({ challenge: elsewhere, rpId: "localhost", rp: { id: "localhost" } });

const optionsIn = (prepared: PreparedView | null): string =>
  (prepared?.how === "ceremony" ? prepared.options.options : undefined) ?? nothingAsked;

/** The key that somebody has in hand, and how it answers: a stranger's to a challenge of elsewhere where what is typed is none. */
function handOf({ keys }: World, code: Code) {
  const manners: Manners =
    typeof code === "object" && "key" in code
      ? { counter: code.counter, verified: code.verified, ...(code.here ? {} : { challenge: elsewhere }) }
      : { challenge: elsewhere };
  const key = typeof code === "object" && "key" in code ? keys.get(code.key) : undefined;
  return { key: key ?? softwareKey(), manners };
}

/** What a browser sends at a step that a passkey answers. */
export async function asserted(
  ctx: Ctx,
  world: World,
  pass: Pass,
  code: Code,
): Promise<{ readonly credential: string }> {
  if (code === "malformed") return { credential: "12" };
  const { key, manners } = handOf(world, code);
  return { credential: key.get(optionsIn(await readPrepared(ctx, pass, "passkey")), config().appUrl, manners) };
}

/** What it sends when one is bound. */
export function created(world: World, prepared: PreparedView | null, code: Code): { readonly credential: string } {
  if (code === "malformed") return { credential: "12" };
  const { key, manners } = handOf(world, code);
  return { credential: key.create(optionsIn(prepared), config().appUrl, manners) };
}
