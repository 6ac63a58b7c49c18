import { type ChildProcess, spawn } from "node:child_process";
import { chown, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Binaries } from "@/lib/db/built-in-binaries";
import { isThere, privateFolder, syncFolder, textOf, writeDurably } from "@/lib/db/built-in-files";
import { wasInUse } from "@/lib/db/built-in-marks";
import type { Place } from "@/lib/db/built-in-place-names";
import { withTamePath } from "@/lib/db/built-in-tame";
import { systemRandom } from "@/lib/kernel/random";

/** Role and database have one name; the role owns the database and nothing else, so no query can leave it. */
export const databaseName = "sallyport";

type Grounds = {
  readonly place: Place;
  readonly binaries: Binaries;
  readonly say: (line: string) => void;
  readonly signal?: AbortSignal | undefined;
};

/**
 * Makes the data directory at first use and checks it later. Half-made ones are made again: a directory counts only
 * under its final name. Throws an Error for the operator when it belongs to another major version of PostgreSQL.
 */
export async function ensureCluster({ place, binaries, say, signal }: Grounds): Promise<void> {
  await privateFolder(place.sockets, place.account);
  await privateFolder(place.logs, place.account);
  if (!(await isThere(place.cluster))) {
    if (await wasInUse(place.base)) {
      throw new Error(
        `${place.base} is what is left of a database that was in use: ${place.cluster} is gone. Bring it back from a backup, or move ${place.base} away to begin with an empty one.`,
      );
    }
    say("Making the database (first start only)…");
    await makeCluster({ place, binaries, signal });
  }
  await refuseOtherMajor(place, binaries);
}

async function refuseOtherMajor(place: Place, binaries: Binaries): Promise<void> {
  const found = await textOf(join(place.cluster, "PG_VERSION"));
  if (found === binaries.major) return;
  throw new Error(
    found === null
      ? `${place.cluster} holds no database. Bring it back from a backup, or move it away to begin with an empty one.`
      : `${place.cluster} was written by PostgreSQL ${found}, but this version of the portal brings ${binaries.major}. Go back to the version before, and follow the upgrade notes in docs/operate.md.`,
  );
}

/** `signal` ends it halfway: what is not under its final name is made again. */
async function makeCluster({ place, binaries, signal }: Omit<Grounds, "say">): Promise<void> {
  const draft = `${place.cluster}.new`;
  await rm(draft, { recursive: true, force: true });
  await privateFolder(draft, place.account);
  // The built-in locale gives the same order on every machine: an index survives an upgrade of the C library.
  await withTamePath(binaries.folder, (folder) =>
    run(
      place,
      join(folder, "bin", "initdb"),
      [
        "-D",
        draft,
        "-U",
        "postgres",
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--auth=reject",
        "--no-instructions",
      ],
      { signal },
    ),
  );
  await writeOwned(place, join(draft, "pg_hba.conf"), doorList);
  await writeOwned(place, join(draft, "postgresql.conf"), settingsNote);
  const password = systemRandom.token();
  await runSingleUser(place, binaries, draft, [
    `CREATE ROLE ${databaseName} LOGIN PASSWORD '${password}'`,
    `CREATE DATABASE ${databaseName} OWNER ${databaseName}`,
  ]);
  await writeDurably(place.passwordFile, password, 0o600);
  await rename(draft, place.cluster);
  await syncFolder(place.base);
}

/** The only way in: our role, its password, its database. The superuser has no password and no door. */
const doorList = `# Written by the portal.
local ${databaseName} ${databaseName} scram-sha-256
host ${databaseName} ${databaseName} 127.0.0.1/32 scram-sha-256
`;

const settingsNote = "# The portal gives every setting on the command line, so that an upgrade can change them.\n";

async function writeOwned(place: Place, path: string, text: string): Promise<void> {
  await writeFile(path, text, { mode: 0o600 });
  if (place.account) await chown(path, place.account.uid, place.account.gid);
}

/** The password of our role; a lost file is replaced by a new password while no server runs. */
export async function ensurePassword({ place, binaries }: Omit<Grounds, "say">): Promise<void> {
  if (await isThere(place.passwordFile)) return;
  const password = systemRandom.token();
  await runSingleUser(place, binaries, place.cluster, [`ALTER ROLE ${databaseName} PASSWORD '${password}'`]);
  await writeDurably(place.passwordFile, password, 0o600);
}

/** SQL without a server and without a door: statements go in by standard input, so no list of processes shows them. */
async function runSingleUser(place: Place, binaries: Binaries, folder: string, statements: string[]): Promise<void> {
  const program = join(binaries.folder, "bin", "postgres");
  const args = ["--single", "-D", folder, "-c", "exit_on_error=on", "-c", "log_min_error_statement=panic", "postgres"];
  await run(place, program, args, { input: `${statements.join("\n")}\n` });
}

/** How every program of the database runs: as the place's account, from a folder it may enter, with nothing of ours. */
export function spawnOptions(place: Pick<Place, "base" | "account">) {
  const identity = place.account === null ? {} : { uid: place.account.uid, gid: place.account.gid };
  const env = { PATH: "/usr/bin:/bin", HOME: place.base, LC_ALL: "C", TZ: "UTC", NODE_ENV: "production" } as const;
  return { cwd: place.base, env, ...identity };
}

type Run = { readonly input?: string; readonly signal?: AbortSignal | undefined };

async function run(place: Place, program: string, args: readonly string[], { input = "", signal }: Run): Promise<void> {
  signal?.throwIfAborted();
  const child = spawn(program, args, { ...spawnOptions(place), stdio: ["pipe", "pipe", "pipe"] });
  const end = () => child.kill("SIGTERM");
  signal?.addEventListener("abort", end);
  child.stdin.on("error", () => undefined); // a program that ends early says why in its output
  child.stdin.end(input);
  const { code, said } = await outcome(child).finally(() => signal?.removeEventListener("abort", end));
  if (code === 0) return;
  if (/No space left on device|Disk quota exceeded/.test(said))
    throw new Error(
      `The disk is full where ${place.base} lies. Make room and start again: nothing that was stored is lost.`,
    );
  throw new Error(`${program} ended with ${code ?? "a signal"}:\n${said.trim()}`);
}

function outcome(child: ChildProcess): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve, reject) => {
    let said = "";
    const hear = (piece: Buffer) => {
      said = `${said}${piece.toString("utf8")}`.slice(-4_000);
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    child.on("error", (fault) => reject(explained(fault)));
    child.on("close", (code) => resolve({ code, said }));
  });
}

/** Puts the two failures an operator can do something about into words. */
export function explained(fault: Error): Error {
  if (!("code" in fault)) return fault;
  if (fault.code === "EPERM") {
    return new Error(
      "PostgreSQL refuses to run as root, and this root may not become another account. Start the portal as an ordinary account, or set DATABASE_URL.",
    );
  }
  if (fault.code === "ENOENT" || fault.code === "ENOEXEC") {
    return new Error(
      "The built-in PostgreSQL does not run on this system (it needs Linux with glibc, or macOS). Set DATABASE_URL to a PostgreSQL of your own.",
    );
  }
  return fault;
}
