import type { Planting } from "@/lib/doctor/planted/planted.kit";
import { systemClock } from "@/lib/kernel/clock";

export const machineFaults: Planting = {
  "a full disk": {
    id: "machine.disk",
    level: "fault",
    what: /Only 12 MB are free/,
    cure: /Make room/,
    wrong: { machine: { freeBytes: async () => 12 * 2 ** 20 } },
  },
  "no memory left": {
    id: "machine.memory",
    level: "warning",
    what: /Only 64 MB of memory/,
    cure: /ps aux/,
    wrong: { machine: { freeMemory: () => 64 * 2 ** 20 } },
  },
  "a Node with known holes": {
    id: "node.hole",
    level: "fault",
    what: /Node 24\.9\.0 has known holes/,
    cure: /Install Node 24\./,
    wrong: { machine: { node: "24.9.0" } },
  },
  "a Node of yesterday": {
    id: "node.ended",
    level: "hint",
    what: /Node 20 gets no more fixes since 2026-04-30/,
    cure: /newest Node/,
    wrong: {
      machine: {
        node: "20.20.2",
        clock: { now: () => new Date(Math.max(systemClock.now().getTime(), Date.UTC(2026, 5))) },
      },
    },
  },
  "a look that does not work": {
    id: "doctor.failed",
    level: "warning",
    what: /The look at room did not work \(RangeError, /,
    cure: /please report that, with this line/,
    wrong: {
      machine: {
        freeMemory: () => {
          throw new RangeError("no such number");
        },
      },
    },
  },
  "a package with known holes": {
    id: "package.hole",
    level: "fault",
    what: /The package next 16\.0\.1 has known holes/,
    cure: /newest version of the portal/,
    wrong: { machine: { packageVersion: (name) => (name === "next" ? "16.0.1" : null) } },
  },
};
