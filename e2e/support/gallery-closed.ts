import { challengeScreen } from "@/e2e/screens/challenge";
import { closeKind } from "@/e2e/support/closed-kind";
import { letBetween } from "@/e2e/support/entry";
import { moveIn, type Wishes } from "@/e2e/support/house";
import { guest, type Screen, type Stage } from "@/e2e/support/stage";

async function atClosedDoor({ page, context, house }: Stage, wishes: Wishes): Promise<void> {
  const person = await moveIn(house, wishes);
  await closeKind(house, person, "totp", 90);
  await letBetween(house, context, person);
  await page.goto("/challenge");
}

/** What people see of a kind that is closed after too many wrong codes. */
export const closedScreens: Readonly<Record<string, Screen>> = {
  "challenge-closed": async (stage) => {
    await atClosedDoor(stage, { apps: 1, codes: true });
    await challengeScreen(stage.page, stage.words).sees.recoveryIsHere();
  },
  "challenge-closed-choose": async (stage) => {
    await atClosedDoor(stage, { apps: 1, codes: true });
    await challengeScreen(stage.page, stage.words).does.chooseAnotherWay();
  },
  "challenge-closed-only": (stage) => atClosedDoor(stage, { apps: 1 }),
  "security-closed": async (stage) => {
    const person = await guest(stage, { apps: 1, codes: true });
    await closeKind(stage.house, person, "totp", 100);
    await stage.page.goto("/security");
  },
};
