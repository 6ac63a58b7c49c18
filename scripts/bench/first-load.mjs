import { gzipSync } from "node:zlib";
import { cookieName } from "./request.mjs";

/** Gzipped kilobytes of script that a first visit of the login and of the challenge page loads. */
export async function firstLoad(portal, { people, ctx }) {
  const [person] = await people.makeBenchPeople(ctx, 1);
  const [token] = await people.openLogins(ctx, [person]);
  return {
    login: await scriptsOf(portal, "/login"),
    challenge: await scriptsOf(portal, "/challenge/totp", `${cookieName(portal.origin, "second-door")}=${token}`),
  };
}

async function scriptsOf({ origin }, path, cookie) {
  const page = await fetch(origin + path, { headers: cookie ? { cookie } : {} });
  const html = await page.text();
  if (page.status !== 200) throw new Error(`${path} answered ${page.status}.`);
  const sources = new Set(
    [...html.matchAll(/<script[^>]*\ssrc="([^"]+)"(?![^>]*nomodule)/gi)].map((match) => match[1]),
  );
  let bytes = 0;
  for (const source of sources) {
    if (html.match(new RegExp(`<script[^>]*${source.replace(/[.*+?^$()|[\]\\]/g, "\\$&")}[^>]*nomodule`, "i")))
      continue;
    const script = await fetch(new URL(source, origin), { headers: { "accept-encoding": "identity" } });
    bytes += gzipSync(Buffer.from(await script.arrayBuffer()), { level: 9 }).length;
  }
  return { scripts: sources.size, kB: bytes / 1000 };
}
