import { extname } from "node:path";
import { readOrdinaryFile } from "@/scripts/ordinary-file.mjs";

const types: Readonly<Record<string, string>> = {
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".webp": "image/webp",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
};

/** In every such picture one of these stands; a drawing may be written in 16 bits. */
const marks = [
  Buffer.from([0x89, 0x50, 0x4e, 0x47]),
  Buffer.from([0xff, 0xd8, 0xff]),
  Buffer.from("WEBP"),
  Buffer.from("<svg"),
  Buffer.from("<svg", "utf16le"),
];

/** `why`: it is none, as the end of a sentence that begins with the file. */
export type Logo =
  | { readonly type: string; readonly bytes: Buffer; readonly why?: undefined }
  | { readonly why: string; readonly bytes?: undefined };

/** The operator's logo as its file is now: it may have been exchanged since the start looked at it. */
export function readLogo(file: string): Logo {
  const type = types[extname(file).toLowerCase()];
  const { bytes, mistake } = readOrdinaryFile(file);
  if (mistake !== undefined) return { why: mistake };
  if (bytes === undefined || type === undefined) return { why: "is not there, or may not be read by the portal." };
  if (!marks.some((mark) => bytes.includes(mark))) return { why: "is no picture." };
  return { type, bytes };
}
