import { bootContext } from "@/lib/serve/boot-context";
import type { FromPages } from "@/lib/serve/portal-state";

/** What `instrumentation.ts` offers the start, in the pages' bundle and with its way to the database; each part is loaded when it is asked for. */
export const pagesPart: FromPages = {
  beginWork: async (name) => {
    const { beginWork } = await import("@/lib/serve/housework");
    return beginWork(bootContext, name);
  },
  readFigures: async (own) => {
    const { readFigures } = await import("@/lib/serve/metrics/read-figures"); // of a portal that is watched
    return readFigures(bootContext(), own);
  },
};
