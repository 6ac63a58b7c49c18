import { rawOf } from "@/lib/db/client";
import { type Finding, fault, warning } from "@/lib/doctor/finding";
import type { Look, Opened } from "@/lib/doctor/house";
import { isLiving } from "@/lib/doctor/looks/portals";
import { listHeard } from "@/lib/doctor/store";
import { measureSkew } from "@/lib/portals/clock-skew";
import { clockRules } from "@/lib/serve/clock-watch";

const setClock = "Set the clock of the machine that is wrong, and keep it right: timedatectl set-ntp true, or chrony.";

function apart(id: string, whose: string, ahead: number): readonly Finding[] {
  if (Math.abs(ahead) <= clockRules.apart) return [];
  const off = `${Math.round(Math.abs(ahead) / 1000)} seconds ${ahead > 0 ? "ahead of" : "behind"} the database's`;
  return Math.abs(ahead) > clockRules.wrong
    ? [fault(id, `${whose} is ${off}: nothing is decided there, and everybody reads "later".`, setClock)]
    : [warning(id, `${whose} is ${off}: that portal calls itself not ready.`, setClock)];
}

/** This machine's clock, and those of the portals as their heartbeats tell. */
export const lookAtClocks: Look<Opened> = async ({ database, machine }) => {
  const ours = (await measureSkew(rawOf(database.ctx.db), machine.clock)) ?? 0;
  const living = (await listHeard(database.ctx)).filter(isLiving);
  return [
    ...apart("clock.machine", "The clock of this machine", ours),
    ...living.flatMap(({ name, clockSkew }) => apart("clock.portal", `The clock of the portal ${name}`, clockSkew)),
  ];
};
