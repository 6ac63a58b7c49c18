import type { App } from "@/lib/apps/app";
import { recordEvent } from "@/lib/audit/record-event";
import type { RawCtx } from "@/lib/context/context";

type Told = {
  readonly name: "app.registered" | "app.changed";
  readonly app: App;
  readonly by: string;
  /** Which app was the default until now, if this one took its place. */
  readonly defaultFrom: string | null;
};

/** Tells what an app is allowed from now on, all of it: whoever reads the trail need not put changes together. */
export function recordApp(tx: RawCtx, { name, app, by, defaultFrom }: Told): Promise<void> {
  const { id, name: called, origins, servers, redirect, unmasked, demands, isDefault } = app;
  const places = { origins: origins.join(" "), servers: servers.join(" "), redirect: redirect ?? "" };
  const from = defaultFrom === null ? {} : { default_from: defaultFrom };
  const meta = { by, app: id, called, ...places, unmasked, demands, is_default: isDefault, ...from };
  return recordEvent(tx, { name, subjectId: null, actorId: null, meta });
}
