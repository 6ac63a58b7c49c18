import { type Finding, fault, splitSentence, warning } from "@/lib/doctor/finding";
import type { Look, Opened } from "@/lib/doctor/house";
import { type Heard, listHeard } from "@/lib/doctor/store";
import { inSeconds } from "@/lib/kernel/duration";
import { portalRules } from "@/lib/policy/portal-rules";
import { findClash, refusalOf } from "@/lib/portals/clash";
import { describePortal } from "@/lib/portals/portal";

/** A portal that was heard lately. */
export const isLiving = ({ silent }: Heard): boolean => silent < inSeconds(portalRules.living);

/** Who lives on this database, and whether they are one house. */
export const lookAtPortals: Look<Opened> = async ({ database, config, machine, settings }) => {
  const heard = await listHeard(database.ctx);
  const living = heard.filter(isLiving);
  const ours = describePortal();
  const found: Finding[] = [];
  if (living.length === 0)
    found.push(
      fault(
        "portals.none",
        "No portal is alive on this database: nobody can log in.",
        "Start it: npm start, or systemctl start sallyport; if it ends again, its last lines say why.",
      ),
    );
  for (const { name, silent } of heard.filter((one) => !isLiving(one)))
    found.push(
      warning(
        "portals.silent",
        `The portal ${name} is silent since ${Math.round(silent / 60)} minutes and did not say that it stops: it was killed, hangs, or has lost the database.`,
        "See on that machine whether it runs (systemctl status sallyport) and what its log said last; a row of a portal that is gone for good goes by itself within a day.",
      ),
    );
  const own = living.find(({ name }) => name === `${machine.name}:${config.port}`);
  if (own !== undefined && settings.mistakes.length === 0) found.push(...restartNeeded(own, ours));
  const clash =
    settings.mistakes.length === 0
      ? findClash(
          ours,
          living.filter((one) => one !== own).map((one) => ({ ...one, id: "" })),
        )
      : null;
  if (clash !== null) {
    const { what, cure } = splitSentence(refusalOf(clash).replace("; the order is", ". The order is"), "");
    found.push(fault("portals.keys", what, cure));
  }
  return [...found, ...notOneHouse(living)];
};

/** Settings are read at the start: what was changed since holds for commands and not for the portal. */
function restartNeeded(own: Heard, ours: Omit<Heard, "clockSkew" | "silent">): readonly Finding[] {
  const same = (one: readonly string[], other: readonly string[]) => one.join() === other.join();
  const changed = [
    own.version === ours.version ? null : "the version",
    same(own.keyIds, ours.keyIds) ? null : "PORTAL_KEYS",
    ours.secretIds.length === 0 || same(own.secretIds, ours.secretIds) ? null : "AUTH_SECRET",
    own.appsHash === ours.appsHash ? null : "APPS_FILE",
  ].filter((each) => each !== null);
  if (changed.length === 0) return [];
  return [
    warning(
      "portals.restart",
      `The portal here still runs with what was before: ${changed.join(", ")} changed since its start.`,
      "Stop it and start it again: npm start, or systemctl restart sallyport.",
    ),
  ];
}

function notOneHouse(living: readonly Heard[]): readonly Finding[] {
  const versions = new Set(living.map(({ version }) => version));
  const apps = new Set(living.map(({ appsHash }) => appsHash));
  const names = living.map(({ name }) => name).join(", ");
  return [
    versions.size > 1
      ? warning(
          "portals.versions",
          `The living portals (${names}) are of several versions: ${[...versions].sort().join(", ")}.`,
          'Finish the upgrade: bring the same version to every machine and restart each portal (docs/operate.md, "Upgrade").',
        )
      : null,
    apps.size > 1
      ? warning(
          "portals.apps",
          `The living portals (${names}) do not have the same apps: what one lets in, another refuses.`,
          "Give every machine the same file for APPS_FILE, and restart each portal.",
        )
      : null,
  ].filter((each) => each !== null);
}
