import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runProgram } from "@/lib/testing/own-process";

/** Root may see another `/var/lib` than everybody else; some containers do not let it. */
const hasOwnView = process.getuid?.() === 0 && spawnSync("unshare", ["-m", "true"]).status === 0;

/** Finds the place as a start does, then asks whether its account gets through to the cluster. */
const start = (home: string) => `
  import { spawnSync } from "node:child_process";
  import { findPlace } from "@/lib/db/built-in-place";
  const place = await findPlace(${JSON.stringify(home)}, { say: () => undefined, sealed: null });
  const { uid, gid } = place.account;
  const { status } = spawnSync("test", ["-r", place.cluster + "/PG_VERSION"], { uid, gid });
  console.log(status === 0 ? "within reach" : "out of reach");`;

test.skipIf(!hasOwnView)(
  "a backup that root unpacked under a strict umask is within reach of the account",
  async () => {
    const home = await mkdtemp(join(tmpdir(), "restored-"));
    await mkdir(join(home, "data"));
    await writeFile(join(home, "data", "postgres.location"), "/var/lib/sallyport/0123456789abcdef\n");
    const unpack = `set -e; mkdir -p /var/lib/sallyport; umask 077; mount -t tmpfs -o mode=0700 none /var/lib/sallyport;
    mkdir -p /var/lib/sallyport/0123456789abcdef/cluster; echo 18 > /var/lib/sallyport/0123456789abcdef/cluster/PG_VERSION;
    chmod 755 /var/lib/sallyport/0123456789abcdef/cluster; chmod 644 /var/lib/sallyport/0123456789abcdef/cluster/PG_VERSION; exec "$@"`;
    const through = ["unshare", "-m", "sh", "-c", unpack, "sh"];
    const { said, ended } = await runProgram(start(join(home, "data")), through);
    expect({ code: await ended, ...said }).toEqual({ code: 0, out: "within reach\n", err: "" });
    await rm(home, { recursive: true });
  },
);
