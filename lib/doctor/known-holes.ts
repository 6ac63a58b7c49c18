/** A line of Node: the first version without the holes that this release knows, and the day of its last fix where that is set. */
type NodeLine = { readonly major: number; readonly fixed: string; readonly why: string; readonly endsAt?: string };

/** From nodejs.org's security releases and its schedule. */
export const nodeLines: readonly NodeLine[] = [
  { major: 20, fixed: "20.20.2", why: "security releases of January and March 2026", endsAt: "2026-04-30" },
  { major: 22, fixed: "22.22.2", why: "security releases of January and March 2026", endsAt: "2027-04-30" },
  { major: 24, fixed: "24.14.1", why: "security releases of January and March 2026", endsAt: "2028-04-30" },
  { major: 25, fixed: "25.8.2", why: "security releases of January and March 2026", endsAt: "2026-06-01" },
];

type Hole = { readonly name: string; readonly fixed: string; readonly why: string };

/** Packages that stand between strangers and accounts: the first version without the holes that this release knows. */
export const knownHoles: readonly Hole[] = [
  { name: "next", fixed: "16.4.1", why: "CVE-2025-55182 and what followed it" },
  { name: "react", fixed: "19.2.4", why: "CVE-2025-55182 and what followed it" },
  { name: "react-dom", fixed: "19.2.4", why: "CVE-2025-55182 and what followed it" },
  { name: "next-auth", fixed: "5.0.0-beta.30", why: "GHSA-5jpx-9hw9-2fx4: a link by mail to somebody else" },
  {
    name: "nodemailer",
    fixed: "7.0.7",
    why: "GHSA-mm7p-fcc7-pg87: mail to another domain than the one that was checked",
  },
];

/** A major version of PostgreSQL: the first of its versions without the holes that this release knows, as `server_version_num`. */
export const postgresLines: Readonly<Record<number, number>> = { 15: 150016, 16: 160012, 17: 170008, 18: 180002 };

/** Does `version` come before `other`? Numbers count as numbers, and a version with a word behind (`-beta.3`) comes before the one without (semver.org, 11). */
export function isBefore(version: string, other: string): boolean {
  const [own, their] = [numbersOf(version), numbersOf(other)];
  const at = own.findIndex((number, place) => number !== their[place]);
  return at !== -1 && (own[at] ?? 0) < (their[at] ?? 0);
}

/** `5.0.0-beta.32` → 5, 0, 0, 32; `5.0.0` → 5, 0, 0, endless. */
function numbersOf(version: string): readonly number[] {
  const [release = "", early] = version.split("-", 2);
  const [major = 0, minor = 0, patch = 0] = release.split(".").map(Number);
  return [major, minor, patch, early === undefined ? Number.POSITIVE_INFINITY : Number(early.split(".").at(-1))];
}
