import type { House } from "@/e2e/support/house";
import type { App } from "@/lib/apps/app";
import { registerApp as register } from "@/lib/operator/register-app";

const plain = { origins: [], servers: [], redirect: null, unmasked: false, demands: false, isDefault: false } as const;

/** Registers an app as the operator would; without an `id` a fresh one, so that stories never share its limits. */
export async function registerApp(house: House, wishes: Partial<App> = {}): Promise<App> {
  const { id = null, name = "Looms", ...more } = wishes;
  const app = { id, name, ...plain, ...more };
  const decided = await register(house.ctx, {
    app: { ...app, origins: [...app.origins], servers: [...app.servers] },
    by: "stories",
  });
  return decided.app;
}
