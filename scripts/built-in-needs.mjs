import { existsSync, readFileSync } from "node:fs";

/** Where root keeps the database that another account must reach: PostgreSQL refuses to run as root. */
export const homeForRoot = "/var/lib/sallyport";

/** The last part of the name of the package that brings PostgreSQL for this kind of machine. */
export const platformName = () => `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;

/** For the operator of a machine for which there is no such package. */
export const noPrograms = () =>
  `There is no built-in PostgreSQL for this kind of machine (${platformName()}). Set DATABASE_URL to a PostgreSQL of your own.`;

/** Whom root lets PostgreSQL run as: an account with an entry of its own, for its name is looked up and a bare number fails. `wanted`: this one alone. Null for nobody. */
export function accountForRoot(wanted) {
  const list = "/etc/passwd"; // an image that was made of nothing has none
  const lines = existsSync(list) ? readFileSync(list, "utf8").split("\n") : [];
  const accounts = lines.map((line) => line.split(":"));
  for (const one of wanted === undefined ? ["postgres", "nobody"] : [wanted]) {
    const [name, , uid, gid] = accounts.find(([found]) => found === one) ?? [];
    if (name !== undefined && Number(uid) > 0) return { name, uid: Number(uid), gid: Number(gid) };
  }
  return null;
}

/** For the operator of a machine that has no such account. */
export const noAccount =
  "PostgreSQL refuses to run as root, and this machine has neither an account postgres nor nobody. Start the portal as an ordinary account, or set DATABASE_URL.";
