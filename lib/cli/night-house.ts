import { commandContext } from "@/lib/cli/command-context";
import type { WithHouse } from "@/lib/cli/run-portal";
import { adoptMended } from "@/lib/config/config";
import type { Mended } from "@/lib/config/mended";
import { findRunningBuiltIn } from "@/lib/db/built-in";
import { findPlace } from "@/lib/db/built-in-place";
import { openDatabase } from "@/lib/db/client";
import { connectAlone } from "@/lib/db/driver-settings";
import type { PrismaClient } from "@/lib/db/generated/client";
import type { Database, House } from "@/lib/doctor/house";
import { thisMachine } from "@/lib/doctor/machine";
import { readServer } from "@/lib/doctor/store";
import { systemClock } from "@/lib/kernel/clock";
import { doctorRules } from "@/lib/policy/doctor-rules";

declare global {
  /** What the scripts before this one object to, where they were asked to go on all the same; and whether they could read the file of settings. */
  var sallyportGround: { readonly sentences: readonly string[]; readonly isEnvRead: boolean } | undefined;
}

/** Finds the house of the checkout `root` as it is: settings as far as they can be read, a database as far as it lets us in. Starts nothing. */
export const withHouseAsItIs =
  (root: string): WithHouse =>
  async (work) => {
    const { sentences, isEnvRead } = globalThis.sallyportGround ?? { sentences: [], isEnvRead: true };
    const settings = isEnvRead ? adoptMended() : unreadSettings;
    const found = await findDatabase(settings).catch(
      (fault: unknown): Found => ({ objection: fault instanceof Error ? fault.message : String(fault) }),
    );
    const house: House = {
      root,
      objections: [...new Set([...sentences, ...("objection" in found ? [found.objection] : [])])],
      settings,
      machine: thisMachine(root),
      database: "database" in found ? found.database : { kind: "unnamed" },
    };
    try {
      return await work(house);
    } finally {
      if ("client" in found) await found.client.$disconnect();
    }
  };

/** Without the file of settings their defaults would be told as the operator's, and another house's database be looked at. */
const unreadSettings: Mended = { mistakes: [], unread: new Set(), named: [], config: null };

/** `objection`: a sentence for the operator, about a place that is not as it should be. */
type Found =
  | { readonly database: Database; readonly client: PrismaClient }
  | { readonly database: Database }
  | { readonly objection: string };

async function findDatabase({ config, unread }: Mended): Promise<Found> {
  const isNamed =
    config !== null && !["DATABASE_URL", "DATABASE_DIRECT_URL", "DATA_DIR"].some((name) => unread.has(name));
  if (!isNamed) return { database: { kind: "unnamed" } };
  const { databaseUrl, databaseDirectUrl, dataDir, namedStatements } = config;
  if (databaseUrl !== null) {
    const url = databaseUrl.reveal();
    return openFound({ url, directUrl: databaseDirectUrl?.reveal() ?? url, isBuiltIn: false, named: namedStatements });
  }
  const running = await findRunningBuiltIn({ dataDir });
  if (running.kind === "answers")
    return openFound({ url: running.url, directUrl: running.url, isBuiltIn: true, named: true });
  if (running.kind === "busy") return { database: { kind: "busy" } };
  return { database: { kind: (await findPlace(dataDir, null)) === null ? "none" : "at rest" } };
}

type Way = { readonly url: string; readonly directUrl: string; readonly isBuiltIn: boolean; readonly named: boolean };

/** One connection first, whose fault is the driver's own: a pool hides it behind its time limit. */
async function openFound({ named, ...way }: Way): Promise<Found> {
  try {
    const patience = { connectionTimeoutMillis: doctorRules.connect, query_timeout: doctorRules.connect };
    await (await connectAlone(way.url, patience)).end();
  } catch (fault) {
    return { database: { kind: "away", fault } };
  }
  const client = openDatabase(way.url, 4, named);
  const ctx = commandContext(client, systemClock.now());
  try {
    return { client, database: { kind: "open", ctx, ...way, server: await readServer(ctx) } };
  } catch (fault) {
    await client.$disconnect();
    return { database: { kind: "away", fault } };
  }
}
