import { expect } from "@playwright/test";
import { accountScreen } from "@/e2e/screens/account";
import { challengeScreen } from "@/e2e/screens/challenge";
import { enrolmentScreen } from "@/e2e/screens/enrolment";
import { loginScreen } from "@/e2e/screens/login";
import { letBetween } from "@/e2e/support/entry";
import { moveIn, type Resident, type Wishes } from "@/e2e/support/house";
import { codeTo, someAddress, someNumber, wrongDigits } from "@/e2e/support/mailbox";
import { aMinuteLater, demandFactorOf } from "@/e2e/support/send-times";
import { guest, type Screen, type Stage } from "@/e2e/support/stage";

async function logIn({ page, words }: Stage, person: Resident): Promise<void> {
  await loginScreen(page, words).does.open();
  await loginScreen(page, words).does.logIn(person);
}

/** At the second door of somebody whose codes are sent. */
async function atSecondDoor(stage: Stage, wishes: Wishes): Promise<Resident> {
  const person = await moveIn(stage.house, wishes);
  await logIn(stage, person);
  await expect(stage.page.getByLabel(stage.words.code, { exact: true })).toBeVisible();
  return person;
}

/** Between the doors, with a factor to be bound there. */
async function demanded(stage: Stage): Promise<Resident> {
  const person = await moveIn(stage.house);
  await demandFactorOf(stage.house, person);
  await letBetween(stage.house, stage.context, person);
  await stage.page.goto("/enrol");
  await enrolmentScreen(stage.page, stage.words).sees.choiceAtLogin();
  return person;
}

async function numberGiven(stage: Stage): Promise<{ readonly person: Resident; readonly number: string }> {
  const person = await demanded(stage);
  const number = someNumber();
  const enrolment = enrolmentScreen(stage.page, stage.words);
  await enrolment.does.chooseNumber();
  await enrolment.does.giveNumber(number);
  await enrolment.sees.sentTo(number.slice(-3));
  return { person, number };
}

export const sentCodeWayIn: Readonly<Record<string, Screen>> = {
  "challenge-sms": (stage) => atSecondDoor(stage, { phones: [someNumber()], codes: true }),
  "challenge-sms-wrong": async (stage) => {
    const number = someNumber();
    await atSecondDoor(stage, { phones: [number] });
    const challenge = challengeScreen(stage.page, stage.words);
    await challenge.does.typeCode(wrongDigits(await codeTo(stage.house, number)));
    await challenge.sees.sentence(stage.words.wrongSms);
  },
  "challenge-sms-again": async (stage) => {
    const person = await atSecondDoor(stage, { phones: [someNumber(), someNumber()] });
    await aMinuteLater(stage.house, person);
    await stage.page.reload();
    await challengeScreen(stage.page, stage.words).sees.newCodeOnOffer();
  },
  "challenge-sms-unsent": async (stage) => {
    await atSecondDoor(stage, { phones: [someNumber()], apps: 1 });
    await stage.page.goto("/challenge/sms");
    await expect(stage.page.getByRole("button", { name: stage.words.sendCode, exact: true })).toBeVisible();
  },
  "challenge-email": (stage) => atSecondDoor(stage, { mails: [someAddress()] }),
  "challenge-choose-sent-code": async (stage) => {
    await atSecondDoor(stage, { phones: [someNumber()], mails: [someAddress()], codes: true });
    await challengeScreen(stage.page, stage.words).does.chooseAnotherWay();
    await expect(stage.page.getByRole("button", { name: stage.words.wayEmail })).toBeVisible();
  },
  enrol: demanded,
  "enrol-number": async (stage) => {
    await demanded(stage);
    await enrolmentScreen(stage.page, stage.words).does.chooseNumber();
  },
  "enrol-number-refused": async (stage) => {
    await demanded(stage);
    const enrolment = enrolmentScreen(stage.page, stage.words);
    await enrolment.does.chooseNumber();
    await enrolment.does.giveNumber("+33 6 12 34 56 78");
    await expect(stage.page.getByRole("alert").filter({ hasText: /\S/ })).toBeVisible();
  },
  "enrol-number-code": numberGiven,
  "enrol-address": async (stage) => {
    await demanded(stage);
    await enrolmentScreen(stage.page, stage.words).does.chooseAddress();
  },
  "enrol-app": async (stage) => {
    await demanded(stage);
    await enrolmentScreen(stage.page, stage.words).does.chooseApp();
    await enrolmentScreen(stage.page, stage.words).sees.qr();
  },
};

export const sentCodeInside: Readonly<Record<string, Screen>> = {
  "security-sent-codes": async (stage) => {
    await guest(stage, { apps: 1, phones: [someNumber()], mails: [someAddress()], codes: true });
    await stage.page.goto("/security");
  },
  "factor-number": async (stage) => {
    const { factorIds } = await guest(stage, { phones: [someNumber()] });
    await stage.page.goto(`/security/factors/${factorIds[0]}`);
  },
  "number-replaced": async (stage) => {
    const { factorIds } = await guest(stage, { phones: [someNumber()] });
    await stage.page.goto(`/security/factors/${factorIds[0]}`);
    await stage.page.getByRole("link", { name: stage.words.replace }).click();
    await expect(stage.page.getByLabel(stage.words.number, { exact: true })).toBeVisible();
  },
  "address-new": async (stage) => {
    await guest(stage, {});
    await stage.page.goto("/security");
    await accountScreen(stage.page, stage.words).does.add(stage.words.kindEmail);
    await expect(stage.page.getByLabel(stage.words.address, { exact: true })).toBeVisible();
  },
  "address-code": async (stage) => {
    await guest(stage, {});
    await stage.page.goto("/security/factors/new/email");
    const enrolment = enrolmentScreen(stage.page, stage.words);
    await enrolment.does.giveAddress(someAddress());
    await enrolment.sees.sentTo("•••@mail.example.test");
  },
};
