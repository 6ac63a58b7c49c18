import type { Instrumentation } from "next";

/**
 * Runs once when the server starts, not while it is built: offers what a start leaves to the pages' bundle. The serving entry has looked at settings and house by itself; under `next dev`
 * there is none, and it is done here. A throw would leave a server that answers 500 for ever, so a configuration with mistakes ends the process instead, with all of them listed.
 */
export async function register(): Promise<void> {
  // biome-ignore lint/style/noProcessEnv: Next replaces this very text when it builds, to leave the rest out elsewhere
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { bootReport, offerFromPages } = await import("@/lib/serve/portal-state");
    offerFromPages(async () => (await import("@/lib/serve/pages-part")).pagesPart);
    // biome-ignore lint/style/noProcessEnv: as above
    if (process.env.NODE_ENV === "development") {
      const { endOnMistakes } = await import("@/lib/serve/boot");
      endOnMistakes();
      const { bootHouse } = await import("@/lib/serve/boot-house");
      await bootHouse();
      bootReport()?.begin();
    }
  }
}

/** One JSON line for each fault in a page or an action: digest and request id, never the person's input. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  // biome-ignore lint/style/noProcessEnv: as above
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { logRequestError } = await import("@/lib/serve/boot");
    logRequestError(error, request, context);
  }
};
