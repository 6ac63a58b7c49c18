import { bootContext } from "@/lib/serve/boot-context";
import { beginWork } from "@/lib/serve/housework";
import { readFigures } from "@/lib/serve/metrics/read-figures";
import type { FromPages } from "@/lib/serve/portal-state";

/** What `instrumentation.ts` offers the start, in the pages' bundle and with its way to the database. */
export const pagesPart: FromPages = {
  beginWork: async (name) => beginWork(bootContext, name),
  readFigures: (own) => readFigures(bootContext(), own),
};
