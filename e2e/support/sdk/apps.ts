import type { House } from "@/e2e/support/house";
import type { App } from "@/lib/apps/app";

const plain = { origins: [], servers: [], redirect: null, unmasked: false, demands: false, isDefault: false } as const;

/** Registers an app as the operator would; without an `id` a fresh one, so that stories never share its limits. */
export async function registerApp(house: House, wishes: Partial<App> = {}): Promise<App> {
  const id = house.ctx.random.bytes(12).toString("hex");
  const app: App = { id, name: "Looms", ...plain, ...wishes };
  await house.ctx.db.app.create({
    data: { ...app, origins: [...app.origins], servers: [...app.servers], createdAt: house.ctx.now },
  });
  return app;
}
