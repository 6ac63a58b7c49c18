import { config } from "@/lib/config/config";
import { readLogo } from "@/lib/config/logo";
import { systemClock } from "@/lib/kernel/clock";
import { logLine } from "@/lib/kernel/log";
import { sampler } from "@/lib/kernel/sampler";
import { policy } from "@/lib/policy/policy";

const told = sampler(policy.requests.brokenLogo);

/** The operator's logo. A drawing opened by itself must not run: no script, no request (CSP `sandbox`). */
export async function GET(): Promise<Response> {
  const file = config().brand.logoFile;
  if (file === null) return new Response(null, { status: 404 });
  const logo = readLogo(file);
  if (logo.bytes === undefined) {
    if (told("", systemClock.now()) !== null) logLine("warning", "logo.unreadable", { why: logo.why });
    return new Response(null, { status: 404 });
  }
  return new Response(new Uint8Array(logo.bytes), {
    headers: {
      "content-type": logo.type,
      "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    },
  });
}
