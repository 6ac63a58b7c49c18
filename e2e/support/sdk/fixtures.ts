import type { AuthenticationClient } from "authing-js-sdk";
import { test as base } from "@/e2e/support/fixtures";
import { registerApp } from "@/e2e/support/sdk/apps";
import { type ClientWishes, sdkClient } from "@/e2e/support/sdk/client";
import type { App } from "@/lib/apps/app";

type SdkStories = {
  /** An app of this story's own. */
  readonly app: App;
  /** The package, for this story's app and from its address unless wished otherwise. */
  readonly client: (wishes?: ClientWishes) => AuthenticationClient;
};

/** The stories' `test` with an app and the package that talks to the portal for it. */
export const test = base.extend<SdkStories>({
  app: async ({ house }, use) => use(await registerApp(house)),
  client: ({ house, app, address }, use) => use((wishes) => sdkClient(house, { appId: app.id, address, ...wishes })),
});
