import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { theFence } from "@/lib/testing/papers/fences";
import { freePort, programPath, runProxy } from "@/lib/testing/papers/run-proxy";

/** Where haproxy is, or null. Debian: `apt-get install haproxy`. */
export const haproxy = programPath("haproxy");

type Place = { readonly port: string; readonly health: string };

/** Starts haproxy at `front`, over plain http, before these portals: with the very configuration of docs/scale.md but for ports and the certificate. */
export async function startHaproxy(front: number, portals: readonly Place[]): Promise<{ stop(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "haproxy-"));
  const file = join(folder, "haproxy.cfg");
  await writeFile(file, fitted(theFence("docs/scale.md", "haproxy"), front, await freePort(), portals));
  const { stop } = await runProxy(haproxy ?? "", ["-db", "-f", file], front, {});
  return {
    stop: async () => {
      await stop();
      await rm(folder, { recursive: true });
    },
  };
}

/** The documented text with what is this machine's own in its place; each of these lines must stand there once. */
export function fitted(text: string, front: number, plain: number, portals: readonly Place[]): string {
  const lines: readonly (readonly [RegExp, string])[] = [
    [/^ {4}bind :443 .*$/m, `    bind 127.0.0.1:${front}`],
    [/^ {4}bind :80$/m, `    bind 127.0.0.1:${plain}`],
    ...portals.map(({ port, health }, nth): readonly [RegExp, string] => [
      nth === 0 ? /^ {4}server one \S+ (.*) port 3001$/m : /^ {4}server two \S+ (.*) port 3001$/m,
      `    server ${nth === 0 ? "one" : "two"} 127.0.0.1:${port} $1 port ${health}`,
    ]),
  ];
  return lines.reduce((all, [line, own]) => {
    if (!line.test(all)) throw new Error(`docs/scale.md has no line ${line} for haproxy.`);
    return all.replace(line, own);
  }, text);
}
