import { expect } from "@playwright/test";
import { loginScreen } from "@/e2e/screens/login";
import { giveCookie, openAppSessionOf, openSessionOf } from "@/e2e/support/entry";
import { moveIn, type Resident } from "@/e2e/support/house";
import { keepWaiting } from "@/e2e/support/kept-waiting";
import { unlockPath } from "@/e2e/support/links";
import { guest, ledTo, type Screen, type Stage } from "@/e2e/support/stage";
import { ensure } from "@/lib/kernel/assert";
import { askForChange } from "@/lib/pending/ask-for-change";
import { actorOf } from "@/lib/sessions/acting-session";
import { findLiveSession } from "@/lib/sessions/store";
import { newUnlockToken } from "@/lib/unlocks/token";

type Guest = Resident & { readonly sessionId: string };

/** Somebody who has asked for what waits. `id`: of the change. */
export async function asking(stage: Stage, kind: "account.delete" | "data.download"): Promise<Guest & { id: string }> {
  const person = await guest(stage, { apps: 1 });
  const [session] = await stage.house.sql("SELECT token_hash FROM sessions WHERE id = $1", [person.sessionId]);
  const found = await findLiveSession(stage.house.ctx, String(session?.token_hash));
  ensure(found, "the guest is logged in");
  await askForChange(stage.house.ctx, actorOf(found), kind, {});
  const [change] = await stage.house.sql("SELECT id FROM pending_changes WHERE user_id = $1", [person.userId]);
  return { ...person, id: String(change?.id) };
}

/** What an owner sees and ends of their own, and what they are asked before. */
export const ownerScreens: Readonly<Record<string, Screen>> = {
  "sessions-apps": async (stage) => {
    await openAppSessionOf(stage.house, await guest(stage, { apps: 1 }));
    await stage.page.goto("/security/sessions");
  },
  "sessions-app": async (stage) => {
    const { app } = await openAppSessionOf(stage.house, await guest(stage, { apps: 1 }));
    await stage.page.goto(`/security/sessions/apps/${app}`);
  },
  "device-forget": async (stage) => {
    const { userId } = await guest(stage, { apps: 1 });
    const [device] = await stage.house.sql("SELECT id FROM devices WHERE user_id = $1", [userId]);
    await stage.page.goto(`/security/devices/${device?.id}/forget`);
  },
  "devices-others": async (stage) => {
    await openSessionOf(stage.house, await guest(stage, { apps: 1 }));
    await stage.page.goto("/security/devices/others");
  },
  "devices-none": async (stage) => {
    const { userId } = await guest(stage, { apps: 1 });
    await stage.house.sql("DELETE FROM devices WHERE user_id = $1", [userId]);
    await stage.page.goto("/security/devices");
  },
  "activity-none": async (stage) => {
    await guest(stage, {});
    await stage.page.goto("/security/activity?show=refused");
  },
  "activity-letters": async (stage) => {
    await asking(stage, "data.download");
    await stage.page.goto("/security/activity?show=letters");
  },
  "data-ready": async (stage) => {
    const { id } = await asking(stage, "data.download");
    await stage.house.sql("UPDATE pending_changes SET state = 'DONE', ended_at = now(), data = NULL WHERE id = $1", [
      id,
    ]);
    await stage.page.goto("/security/data");
  },
  "unlock-code": async ({ page, context, house }) => {
    await giveCookie(house, context, "unlock", newUnlockToken(house.ctx, "unw_"));
    await page.goto("/unlock/code");
  },
  "unlock-not-asked": ({ page }) => page.goto("/unlock/code"),
  "unlock-open": async (stage) => stage.page.goto(await unlockPath(stage.house, await moveIn(stage.house))),
  "login-locked": (stage) => ledTo(stage, "/login?locked=letter"),
  "login-throttled-refused": async ({ page, house, words }) => {
    const person = await moveIn(house);
    await keepWaiting(house, person);
    await loginScreen(page, words).does.open();
    await loginScreen(page, words).does.logIn(person);
    await expect(page.locator('main a[href="/unlock"]')).toBeVisible();
  },
};
