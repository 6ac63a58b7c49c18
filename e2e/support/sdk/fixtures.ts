import type { AuthenticationClient } from "authing-js-sdk";
import { test as base } from "@/e2e/support/fixtures";
import { registerApp } from "@/e2e/support/sdk/apps";
import { type ClientWishes, sdkClient } from "@/e2e/support/sdk/client";
import { expectDescribed, openRecorder, type Recorder } from "@/e2e/support/sdk/recorder";
import type { App } from "@/lib/apps/app";

type SdkStories = {
  /** Between the package and the portal; what it hears must be as `docs/openapi.json` describes it. */
  readonly recorder: Recorder;
  /** An app of this story's own. */
  readonly app: App;
  /** The package, for this story's app and from its address unless wished otherwise. */
  readonly client: (wishes?: ClientWishes) => AuthenticationClient;
};

/** The stories' `test` with an app and the package that talks to the portal for it. */
export const test = base.extend<SdkStories>({
  app: async ({ house }, use) => use(await registerApp(house)),
  recorder: async ({ house }, use) => {
    const recorder = await openRecorder(house.url);
    await use(recorder);
    await recorder.close();
    expectDescribed(recorder);
  },
  client: ({ recorder, app, address }, use) =>
    use((wishes) => sdkClient(recorder, { appId: app.id, address, ...wishes })),
});
