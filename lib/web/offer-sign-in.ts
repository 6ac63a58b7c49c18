import { optionsOfSignIn } from "@/lib/factors/passkey/sign-in";
import { mayOfferSignIn } from "@/lib/factors/passkey/sign-in-offer";
import { newChallenge } from "@/lib/login/sign-in/challenge";
import { buildContext } from "@/lib/web/build-context";
import { putCookie, readCookie } from "@/lib/web/cookie-jar";

/** The options of a sign-in, with a challenge for this browser alone: a cookie tells it from others. `of` in its address: a former name of the portal's. No row is written. 404 where nobody signs in so. */
export async function offerSignIn({ url }: Request): Promise<Response> {
  const ctx = await buildContext(); // first: while building there is no request, and no configuration
  if (!mayOfferSignIn()) return new Response(null, { status: 404 });
  const known = await readCookie("signing-in");
  const browser = known ?? ctx.random.token();
  if (known === undefined) await putCookie("signing-in", browser);
  const options = optionsOfSignIn(newChallenge(ctx, browser), new URL(url).searchParams.get("of"));
  return new Response(options, { headers: { "content-type": "application/json" } });
}
