import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { extname, join, sep } from "node:path";
import type { Coding } from "@/lib/serve/accept-encoding";
import { fileCacheControl, fileHeaders, type HeaderList } from "@/lib/web/headers";

/** A file that is the same for everybody, as it is sent. */
export type StaticFile = {
  readonly etag: string;
  /** The headers of every answer about it, as a flat list of names and values. */
  readonly head: readonly string[];
  readonly plain: StaticForm;
  /** The compressed forms that the build has made of it. */
  readonly compressed: Readonly<Partial<Record<Coding, StaticForm>>>;
  /** The codings it is there in, the best first. */
  readonly codings: readonly Coding[];
};

/** Body and further headers of a file in one coding. */
type StaticForm = { readonly body: Buffer; readonly head: readonly string[] };

/** All files by the path of their address. Whatever is not in here is no file, however it is spelled. */
export type StaticFiles = ReadonlyMap<string, StaticFile>;

const types: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=UTF-8",
  ".ico": "image/x-icon",
  ".js": "application/javascript; charset=UTF-8",
  ".json": "application/json; charset=UTF-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=UTF-8",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
};

/** What the build calls the compressed forms that it lays beside a file, the best first. */
const endings = [
  ["br", ".br"],
  ["gzip", ".gz"],
] as const;

/**
 * Reads every file below `folder`, whose tree is that of the addresses, into memory, and its compressed forms beside it; a file without any is sent
 * as it is. `isHttps`: is the portal reached so? Throws what the file system throws.
 */
export function readStaticFiles(folder: string, house: { readonly isHttps: boolean }): StaticFiles {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const names = new Set(entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)));
  const files = [...names].filter((name) => !endings.some(([, ending]) => name.endsWith(ending)));
  return new Map(
    files.map((name) => {
      const path = name.slice(folder.length).split(sep).map(encodeURIComponent).join("/");
      return [path, readFile(name, { ...fileHeaders(house), "cache-control": fileCacheControl(path) }, names)];
    }),
  );
}

function readFile(name: string, headers: HeaderList, names: ReadonlySet<string>): StaticFile {
  const body = readFileSync(name);
  const etag = `W/"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
  const type = types[extname(name)] ?? "application/octet-stream";
  const made = endings.filter(([, ending]) => names.has(name + ending));
  return {
    etag,
    head: Object.entries({ ...headers, etag, vary: "Accept-Encoding" }).flat(),
    plain: formOf(body, type),
    compressed: Object.fromEntries(
      made.map(([coding, ending]) => [coding, formOf(readFileSync(name + ending), type, coding)]),
    ),
    codings: [...made.map(([coding]) => coding), "identity"],
  };
}

function formOf(body: Buffer, type: string, coding: Coding = "identity"): StaticForm {
  const head = ["content-type", type, "content-length", String(body.length)];
  return { body, head: coding === "identity" ? head : [...head, "content-encoding", coding] };
}
