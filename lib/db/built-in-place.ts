import { chmod, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { sha256 } from "@/lib/crypto/digest";
import { isThere, ownerOf, realPath, textOf, writeDurably } from "@/lib/db/built-in-files";
import { namesIn, refuseBesideSealed, wasInUse } from "@/lib/db/built-in-marks";
import type { Account, Place } from "@/lib/db/built-in-place-names";
import { accountForRoot, homeForRoot, noAccount } from "@/scripts/built-in-needs.mjs";

/** How a place is made. `sealed`: what to look for first, so that no empty portal begins beside data of these keys; null: nothing. */
export type Making = {
  readonly say: (line: string) => void;
  readonly sealed: { readonly root: string; readonly keysAreFresh: boolean } | null;
};

/**
 * Finds (with `create`: or makes, telling what it meets) the place of the database that belongs to `dataDir`; null when there is none yet.
 * An ordinary account keeps it in `<dataDir>/postgres`. PostgreSQL refuses to run as root, so root keeps it under
 * `/var/lib/sallyport`, where an unprivileged account can reach it, and `<dataDir>/postgres.location` names it.
 * Throws an Error for the operator when the place belongs to somebody else or has vanished.
 */
export async function findPlace(dataDir: string, create: Making | null): Promise<Place | null> {
  if (create) await mkdir(dataDir, { recursive: true, mode: 0o700 });
  if (!(await isThere(dataDir))) return null;
  const home = await realPath(dataDir);
  const isRoot = process.getuid?.() === 0;
  const base = isRoot ? await baseForRoot(home, create) : await baseForOthers(home, create);
  if (base === null) return null;
  return describe(base, isRoot ? unprivilegedAccount() : null);
}

function describe(base: string, account: Account | null): Place {
  return {
    base,
    cluster: join(base, "cluster"),
    sockets: join(base, "sockets"),
    logs: join(base, "logs"),
    startLog: join(base, "start.log"),
    passwordFile: join(base, "password"),
    account,
  };
}

async function baseForOthers(home: string, create: Making | null): Promise<string | null> {
  const location = await textOf(join(home, "postgres.location"));
  if (location !== null) {
    throw new Error(
      `The database of this data folder lies in ${location}, because the portal was first started as root. Start it as root again.`,
    );
  }
  const base = join(home, "postgres");
  // PostgreSQL writes the path into a note of lines that it counts
  if (/[\n\r]/.test(base)) throw new Error("The path of DATA_DIR holds a line break. Rename that folder.");
  if (await isThere(base)) return base;
  if (!create) return null;
  await lookAbout(home, create);
  await mkdir(base, { mode: 0o700 });
  return base;
}

async function baseForRoot(home: string, create: Making | null): Promise<string | null> {
  const ordinary = join(home, "postgres");
  if (await isThere(ordinary)) {
    throw new Error(
      `The database in ${ordinary} belongs to the account with the number ${await ownerOf(ordinary)}. Start the portal as that account, not as root.`,
    );
  }
  const note = join(home, "postgres.location");
  const noted = await textOf(note);
  if (noted !== null) {
    if (noted === "") throw new Error(`${note} is empty. ${await howToGoOn(note, home)}`);
    const base = await checkedBase(noted, home);
    if (create) await openWay(base);
    return base;
  }
  if (!create) return null;
  await lookAbout(home, create);
  const base = await freeBase(home, create);
  await openWay(base);
  await writeDurably(join(base, "belongs-to"), `${home}\n`, 0o600);
  await writeDurably(note, `${base}\n`, 0o600);
  return base;
}

const lookAbout = async (home: string, { sealed }: Making) =>
  sealed && refuseBesideSealed(home, sealed.root, sealed.keysAreFresh);

/**
 * A base of its own for `home`, by the hash of its path. One that holds the database of an earlier folder at the same
 * path is left as it is: nobody asked to delete it, and its keys went with that folder.
 */
async function freeBase(home: string, { say, sealed }: Making): Promise<string> {
  const name = Buffer.from(sha256(home), "base64url").toString("hex").slice(0, 16);
  for (let count = 1; ; count += 1) {
    const base = join(homeForRoot, count === 1 ? name : `${name}-${count}`);
    if (!(await isThere(join(base, "cluster")))) return base;
    if (sealed && !sealed.keysAreFresh && !(await wasInUse(base))) throw new Error(mayBeOurs(base, home));
    say(
      `${base} holds the database of an earlier folder at this path. It is left alone; remove it if nobody needs it.`,
    );
  }
}

/** Made before keys were noted beside a database: nobody can tell any more which keys open it. */
const mayBeOurs = (base: string, home: string) =>
  `${base} holds a database that was made for ${home}, and these keys may be its keys: an empty portal is not begun beside it. To use it, as root: echo ${base} > ${join(home, "postgres.location")} To begin with an empty one, move ${base} elsewhere.`;

/**
 * The folders stay root's, open for passing through only: the account must not be able to swap its own binaries. Also where they are there
 * already: a backup that was unpacked under a strict umask shut them.
 */
async function openWay(base: string): Promise<void> {
  if (dirname(base) === homeForRoot) await passableFolder(homeForRoot);
  await passableFolder(base);
}

/** Root's folder, with a way through for an account that knows the names inside. */
export async function passableFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true });
  await chmod(path, 0o711);
}

/** Where the note names no database: the one that was made for this folder is looked for before an empty one is spoken of. */
async function howToGoOn(note: string, home: string): Promise<string> {
  const made = await basesMadeFor(home);
  if (made.length === 0)
    return `Bring the database and that file back from a backup, or remove that file to begin with an empty database.`;
  const [base = ""] = made;
  return `A database that was made for ${home} lies in ${base}. To use it, as root: echo ${base} > ${note}`;
}

async function basesMadeFor(home: string): Promise<string[]> {
  const bases = (await namesIn(homeForRoot)).map((name) => join(homeForRoot, name));
  const found = await Promise.all(
    bases.map(async (base) => {
      const isMade = await isThere(join(base, "cluster"));
      return isMade && (await textOf(join(base, "belongs-to")).catch(() => null)) === home ? [base] : [];
    }),
  );
  return found.flat();
}

/** A data folder that was moved keeps its database; one that was copied must not share the original's. */
async function checkedBase(base: string, home: string): Promise<string> {
  if (!(await isThere(base))) {
    const note = join(home, "postgres.location");
    throw new Error(`${note} names ${base}, which is not there. ${await howToGoOn(note, home)}`);
  }
  const owner = await textOf(join(base, "belongs-to"));
  if (owner === null || owner === home) return base;
  if ((await textOf(join(owner, "postgres.location"))) === base) {
    throw new Error(
      `${home} is a copy of ${owner}, whose database lies in ${base}. Remove postgres.location here to begin with an empty database.`,
    );
  }
  await writeDurably(join(base, "belongs-to"), `${home}\n`, 0o600);
  return base;
}

/** Whom PostgreSQL runs as where the portal runs as root. Throws an Error for the operator where there is nobody. */
export function unprivilegedAccount(): Account {
  const account = accountForRoot();
  if (account === null) throw new Error(noAccount);
  return account;
}
