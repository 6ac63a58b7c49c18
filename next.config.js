import { fileURLToPath } from "node:url";
import { PHASE_DEVELOPMENT_SERVER } from "next/constants.js";
import { fileText } from "./scripts/file-text.mjs";
import { readOrdinaryFile } from "./scripts/ordinary-file.mjs";

const root = fileURLToPath(new URL(".", import.meta.url));

/**
 * The key of all builds everywhere, unless the operator sets one. Next seals with it what an action closes over, and mixes it into the names of actions:
 * under one key a form that the build before has drawn, or a portal on another machine, is known to this one. No action of ours closes over anything
 * (lib/architecture.test.ts holds it), so nothing is sealed with it, and it is no secret: 32 bytes that say so.
 */
const keyOfAllBuilds = Buffer.from("Sallyport: no action closes over").toString("base64");

// Next reads the key from the environment while it builds; like every secret it may also stand in a file.
const keyFile = process.env.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY_FILE?.trim();
if (keyFile) {
  const { bytes, mistake, fault } = readOrdinaryFile(keyFile);
  if (!bytes) throw fault ?? new Error(`NEXT_SERVER_ACTIONS_ENCRYPTION_KEY_FILE names a file that ${mistake}`);
  process.env.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY ||= fileText(bytes).text?.trim() ?? "";
}
process.env.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY ||= keyOfAllBuilds;

/** What the tracer would copy and a portal must not carry. */
const left = ["node_modules/sharp/**", "node_modules/@img/**", "data/**", ".env*"];

/** @type {import("next").NextConfig} */
const nextConfig = {
  output: "standalone",
  // Otherwise a lock file in a folder above moves the whole build one level down.
  outputFileTracingRoot: root,
  turbopack: { root },
  // The picture optimiser is off, so its native library stays out of the build.
  images: { unoptimized: true },
  // The first key is every page, the second Next's own server, which asks for the optimiser's library too.
  outputFileTracingExcludes: { "/*": left, "next-server": left },
  // The clients of mail and SMS are loaded with the first letter, from their own folders: bundled, they would be read at every start.
  serverExternalPackages: [
    ...["@node-rs/argon2", "@prisma/client", "@prisma/adapter-pg", "pg"],
    ...["nodemailer", "resend", "twilio"],
  ],
  poweredByHeader: false,
  // The serving entry compresses, and for less.
  compress: false,
  productionBrowserSourceMaps: false,
  reactStrictMode: true,
  devIndicators: false,
  // `npm run check` checks the types; a start on an operator's machine need not do it again.
  typescript: { ignoreBuildErrors: true },
  experimental: {
    serverActions: { bodySizeLimit: "64kb" },
    // A page's code is loaded when somebody first asks for it: the portal answers sooner after a start, and stays smaller.
    preloadEntriesOnStart: false,
  },
  async redirects() {
    // Password managers look here for the page to change a password (W3C "well-known change-password").
    return [{ source: "/.well-known/change-password", destination: "/security/password", permanent: false }];
  },
};

/**
 * Pages for developers are called `page.dev.tsx` (`route.dev.ts`): only `next dev` takes such names for pages, so nothing of them is in a build
 * (ASVS 15.2.3).
 *
 * @param {string} phase What Next is about to do.
 * @returns {import("next").NextConfig} The configuration for it.
 */
export default function configure(phase) {
  const ordinary = ["tsx", "ts"];
  return {
    ...nextConfig,
    pageExtensions: phase === PHASE_DEVELOPMENT_SERVER ? ["dev.tsx", "dev.ts", ...ordinary] : ordinary,
  };
}
