import { expect } from "@playwright/test";
import { accountScreen } from "@/e2e/screens/account";
import { challengeScreen } from "@/e2e/screens/challenge";
import { codesScreen } from "@/e2e/screens/codes";
import { enrolmentScreen } from "@/e2e/screens/enrolment";
import { firstAccountScreen } from "@/e2e/screens/first-account";
import { loginScreen } from "@/e2e/screens/login";
import { resetScreen } from "@/e2e/screens/reset";
import { raiseAlarm } from "@/e2e/support/alarm";
import { codeNow, wrongCode } from "@/e2e/support/authenticator";
import { letBetween, openSessionOf } from "@/e2e/support/entry";
import { closedScreens } from "@/e2e/support/gallery-closed";
import { contactScreens } from "@/e2e/support/gallery-contacts";
import { asking, ownerScreens } from "@/e2e/support/gallery-owner";
import { sentCodeInside, sentCodeWayIn } from "@/e2e/support/gallery-sent-codes";
import { invite, moveIn, type Resident, secretOf, type Wishes } from "@/e2e/support/house";
import { letChoose, resetPath } from "@/e2e/support/resets";
import { elevenMinutesAgo } from "@/e2e/support/settled";
import { guest, ledTo, type Screen, type Stage } from "@/e2e/support/stage";
import { sha256 } from "@/lib/crypto/digest";
import { newRegistrationLink } from "@/lib/links/registration-link";

const password = "nine calm otters under a bridge";

/** The doors themselves are tried elsewhere: here somebody is put between them, on the page that is looked at. */
async function betweenTheDoors(stage: Stage, path = "/challenge/totp"): Promise<Resident> {
  const person = await moveIn(stage.house, { apps: 1, codes: true });
  await letBetween(stage.house, stage.context, person);
  await stage.page.goto(path);
  return person;
}

async function stale(stage: Stage, wishes: Wishes): Promise<Resident> {
  const person = await guest(stage, wishes);
  await elevenMinutesAgo(stage.house, person.sessionId);
  await stage.page.goto("/security/password");
  return person;
}

async function enrolling(stage: Stage): Promise<string> {
  await guest(stage, {});
  const account = accountScreen(stage.page, stage.words);
  await account.does.open();
  await account.does.addApp();
  const enrolment = enrolmentScreen(stage.page, stage.words);
  await enrolment.sees.isHere();
  return enrolment.does.readSecret();
}

const wayIn: Readonly<Record<string, Screen>> = {
  setup: async ({ page, setupLink }) => page.goto(await setupLink()),
  "setup-refused": async ({ page, words, setupLink }) => {
    await page.goto(await setupLink());
    const setup = firstAccountScreen(page, words);
    await setup.does.createAccount({ email: "ada@example.test", username: "ada", secret: "short" });
    await setup.sees.sentence(/12/);
  },
  "setup-closed": ({ page }) => page.goto("/setup"),
  welcome: async ({ page, house }) => page.goto((await invite(house)).link),
  register: ({ page }) => page.goto("/register"),
  "register-sent": ({ page }) => page.goto("/register/sent"),
  "register-link": async ({ page, house }) =>
    page.goto(new URL(await newRegistrationLink(house.ctx, "ada@mail.example.test")).pathname),
  "register-over": ({ page }) => page.goto("/register/reg_over"),
  "welcome-over": ({ page }) => page.goto("/welcome/inv_over"),
  "alarm-device": async ({ page, house }) => page.goto((await raiseAlarm(house, await moveIn(house))).path),
  "alarm-second-step": async ({ page, house }) =>
    page.goto((await raiseAlarm(house, await moveIn(house), "second_step.wrong")).path),
  "alarm-moved": async ({ page, house }) => {
    const person = await moveIn(house);
    const { path } = await raiseAlarm(house, person);
    await house.sql("UPDATE users SET password_hash = NULL WHERE id = $1", [person.userId]);
    await page.goto(path);
  },
  "alarm-over": ({ page }) => page.goto("/alarm/alm_over"),
  "alarm-contained": (stage) => ledTo(stage, "/alarm/contained?done=administrators"),
  "alarm-contained-letter": (stage) => ledTo(stage, "/alarm/contained?done=letter"),
  "alarm-unpressed": ({ page }) => page.goto("/alarm/contained"),
  forgot: ({ page }) => page.goto("/forgot-password"),
  "forgot-sent": (stage) => ledTo(stage, "/forgot-password?sent=1"),
  "reset-over": ({ page }) => page.goto("/reset-password/rst_over"),
  "reset-open": async ({ page, house }) => page.goto(await resetPath(house, await moveIn(house))),
  "reset-choose": async ({ page, house, words, context }) => {
    const person = await moveIn(house, { apps: 2 });
    await letChoose(house, context, person);
    await page.goto("/reset-password/new");
    await resetScreen(page, words).sees.choose();
  },
  unlock: ({ page }) => page.goto("/unlock"),
  "unlock-over": ({ page }) => page.goto("/unlock/unl_over"),
  "login-reset": (stage) => ledTo(stage, "/login?reset=1"),
  login: ({ page }) => page.goto("/login"),
  "login-refused": async ({ page, words }) => {
    await loginScreen(page, words).does.open();
    await loginScreen(page, words).does.logIn({ email: "ada@example.test", password });
    await loginScreen(page, words).sees.refusal("ada@example.test");
  },
  "logged-out": async (stage) => {
    await guest(stage, {});
    await stage.page.goto("/security");
    await accountScreen(stage.page, stage.words).does.logOut();
  },
  challenge: (stage) => betweenTheDoors(stage),
  "challenge-short": async (stage) => {
    const { userId } = await betweenTheDoors(stage);
    await stage.house.sql("UPDATE challenges SET expires_at = now() + interval '75 seconds' WHERE user_id = $1", [
      userId,
    ]);
    await stage.page.reload();
    await expect(stage.page.getByRole("timer")).toBeVisible();
  },
  "challenge-wrong": async (stage) => {
    const challenge = challengeScreen(stage.page, stage.words);
    await challenge.does.typeCode(wrongCode(secretOf(await betweenTheDoors(stage))));
    await challenge.sees.wrongCode();
  },
  "challenge-choose": async (stage) => {
    await betweenTheDoors(stage, "/challenge?choose");
    await expect(stage.page.getByRole("link", { name: stage.words.wayRecovery })).toBeVisible();
  },
  "challenge-recovery": (stage) => betweenTheDoors(stage, "/challenge/recovery"),
  "challenge-recovery-wrong": async (stage) => {
    await betweenTheDoors(stage, "/challenge/recovery");
    await challengeScreen(stage.page, stage.words).does.sendRecoveryCode("ABCD-EFGH-JKMN-PQRS");
    await challengeScreen(stage.page, stage.words).sees.wrongRecoveryCode();
  },
  "challenge-expired": ({ page }) => page.goto("/challenge/expired"),
  "step-up": (stage) => stale(stage, { apps: 1 }),
  "step-up-password": async (stage) => {
    await stale(stage, {});
    await challengeScreen(stage.page, stage.words).does.goOn();
    await expect(stage.page.getByLabel(stage.words.password, { exact: true })).toBeVisible();
  },
};

const account: Readonly<Record<string, Screen>> = {
  "security-bare": async (stage) => {
    await guest(stage, {});
    await stage.page.goto("/security");
  },
  security: async (stage) => {
    await guest(stage, { apps: 2, codes: true });
    await ledTo(stage, "/security?done=bound&ended=1");
  },
  "security-unsaved": async (stage) => {
    const { userId } = await guest(stage, { apps: 2, codes: true });
    await stage.house.sql("UPDATE recovery_codes SET unsaved_in = set_id WHERE user_id = $1", [userId]);
    await stage.page.goto("/security");
  },
  "factors-new": async (stage) => {
    await guest(stage, {});
    await stage.page.goto("/security/factors/new");
  },
  "factors-must": async (stage) => {
    await guest(stage, { isAdmin: true });
    await stage.page.goto("/security/factors/new");
  },
  enrolment: enrolling,
  "enrolment-wrong": async (stage) => {
    const secret = await enrolling(stage);
    await enrolmentScreen(stage.page, stage.words).does.confirm(wrongCode(secret));
    await enrolmentScreen(stage.page, stage.words).sees.sentence(stage.words.wrongCode);
  },
  factor: async (stage) => {
    const { factorIds } = await guest(stage, { apps: 2 });
    await stage.page.goto(`/security/factors/${factorIds[0]}`);
  },
  "factor-last": async (stage) => {
    const { factorIds } = await guest(stage, { apps: 1, isAdmin: true });
    await stage.page.goto(`/security/factors/${factorIds[0]}`);
  },
  "factor-remove": async (stage) => {
    const { factorIds } = await guest(stage, { apps: 3 });
    await stage.page.goto(`/security/factors/${factorIds[0]}/remove`);
  },
  replacement: async (stage) => {
    const { factorIds } = await guest(stage, { apps: 1 });
    await stage.page.goto(`/security/factors/${factorIds[0]}`);
    await stage.page.getByRole("button", { name: stage.words.replace }).click();
    await enrolmentScreen(stage.page, stage.words).sees.isHere();
  },
  "recovery-codes": async (stage) => {
    await guest(stage, { apps: 1, codes: true });
    await stage.page.goto("/security/recovery-codes");
  },
  "recovery-codes-new": async (stage) => {
    await guest(stage, { apps: 1, codes: true });
    await stage.page.goto("/security/recovery-codes/new");
  },
  "recovery-codes-none": async (stage) => {
    await guest(stage, {});
    await stage.page.goto("/security/recovery-codes");
  },
  "codes-once": async (stage) => {
    const secret = await enrolling(stage);
    await enrolmentScreen(stage.page, stage.words).does.confirm(codeNow(secret));
    await codesScreen(stage.page, stage.words).sees.codes(10);
  },
  "code-replaced": async (stage) => {
    const { codes } = await betweenTheDoors(stage, "/challenge/recovery");
    await challengeScreen(stage.page, stage.words).does.sendRecoveryCode(codes[0] ?? "");
    await codesScreen(stage.page, stage.words).sees.codes(1);
  },
  "codes-gone": async (stage) => {
    await guest(stage, { apps: 1 });
    await stage.page.goto("/security/recovery-codes/once");
  },
  password: async (stage) => {
    await guest(stage, {});
    await stage.page.goto("/security/password");
  },
  sessions: async (stage) => {
    const person = await guest(stage, { apps: 1 });
    await openSessionOf(stage.house, person);
    await stage.page.goto("/security/sessions");
  },
  session: async (stage) => {
    const person = await guest(stage, { apps: 1 });
    await stage.page.goto(`/security/sessions/${(await openSessionOf(stage.house, person)).id}`);
  },
  "sessions-others": async (stage) => {
    const person = await guest(stage, { apps: 1 });
    await openSessionOf(stage.house, person);
    await stage.page.goto("/security/sessions/others");
  },
  "set-back": async (stage) => {
    const person = await guest(stage, { apps: 1 });
    await stage.house.sql("UPDATE users SET set_back_to = '2030-01-06T22:00:00Z' WHERE id = $1", [person.userId]);
    await stage.page.goto("/security");
  },
  devices: async (stage) => {
    await openSessionOf(stage.house, await guest(stage, { apps: 1 })); // in another browser that is called the same
    await stage.page.goto("/security/devices");
  },
  waits: async (stage) => {
    await asking(stage, "account.delete");
    await stage.page.goto("/security");
  },
  "waits-stop": async (stage) => {
    const { id } = await asking(stage, "account.delete");
    await stage.page.goto(`/security/waiting/${id}`);
  },
  veto: async (stage) => {
    const { id } = await asking(stage, "account.delete");
    const token = `vet_${"A".repeat(43)}`;
    await stage.house.sql("DELETE FROM pending_changes WHERE veto_hash = $1", [sha256(token)]);
    await stage.house.sql("UPDATE pending_changes SET veto_hash = $2 WHERE id = $1", [id, sha256(token)]);
    await stage.page.goto(`/veto/${token}`);
  },
  "veto-over": ({ page }) => page.goto("/veto/vet_over"),
  data: async (stage) => {
    await guest(stage, { apps: 1 });
    await stage.page.goto("/security/data");
  },
  "data-delete": async (stage) => {
    await guest(stage, { apps: 1 });
    await stage.page.goto("/security/data/delete");
  },
  "password-forgotten": async (stage) => {
    await guest(stage, { apps: 1 });
    await stage.page.goto("/security/password/forgotten");
  },
  device: async (stage) => {
    const { userId } = await guest(stage, { apps: 1 });
    const [device] = await stage.house.sql(
      "UPDATE devices SET label = 'Kitchen', trusted_at = now(), trusted_with = 'totp', turn_key = 'key' WHERE user_id = $1 RETURNING id",
      [userId],
    );
    await stage.page.goto(`/security/devices/${device?.id}`);
  },
  lock: async (stage) => {
    await guest(stage, { apps: 1 });
    await stage.page.goto("/security/lock");
  },
  activity: async (stage) => {
    const person = await guest(stage, { apps: 1 });
    await openSessionOf(stage.house, person);
    await stage.page.goto("/security/activity");
  },
  "password-refused": async (stage) => {
    const person = await guest(stage, {});
    await stage.page.goto("/security/password");
    await accountScreen(stage.page, stage.words).does.changePassword(person.password, "short");
    await accountScreen(stage.page, stage.words).sees.sentence(/15/);
  },
};

const errors: Readonly<Record<string, Screen>> = {
  "not-found": ({ page }) => page.goto("/nothing-here"),
  "not-found-inside": async (stage) => {
    await guest(stage, {});
    await stage.page.goto("/security/factors/nothing-here-for-anyone");
  },
};

/** Every screen that a person can meet, by name. */
export const gallery: Readonly<Record<string, Screen>> = {
  ...wayIn,
  ...closedScreens,
  ...sentCodeWayIn,
  ...account,
  ...ownerScreens,
  ...contactScreens,
  ...sentCodeInside,
  ...errors,
};
