import { extname } from "node:path";
import { config } from "@/lib/config/config";
import { readOrdinaryFile } from "@/scripts/ordinary-file.mjs";

const types: Readonly<Record<string, string>> = {
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".webp": "image/webp",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
};

/** The operator's logo. A drawing opened by itself must not run: no script, no request (CSP `sandbox`). */
export async function GET(): Promise<Response> {
  const file = config().brand.logoFile;
  const type = file === null ? undefined : types[extname(file).toLowerCase()];
  if (file === null || type === undefined) return new Response(null, { status: 404 });
  const { bytes } = readOrdinaryFile(file); // it may have been exchanged since the start
  if (bytes === undefined) return new Response(null, { status: 404 });
  return new Response(new Uint8Array(bytes), {
    headers: {
      "content-type": type,
      "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    },
  });
}
