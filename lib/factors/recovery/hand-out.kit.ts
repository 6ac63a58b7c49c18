import { expect } from "vitest";
import { beginEnrolment } from "@/lib/factors/begin-enrolment";
import { binderOf } from "@/lib/factors/binder-of";
import { confirmEnrolment } from "@/lib/factors/confirm-enrolment";
import { findPendingView } from "@/lib/factors/list-factors";
import { handOutCode } from "@/lib/factors/recovery/hand-out";
import { codeAt } from "@/lib/factors/totp/code";
import type { Actor } from "@/lib/sessions/acting-session";
import { answer } from "@/lib/testing/second-door";
import { atSecondDoor, type House } from "@/lib/testing/story";
import { makePerson, openSessionFor, type TestPerson } from "@/lib/testing/test-context";

/** The only kind that a code is handed out with. */
export const kind = "totp" as const;

/** `8477-a1a6-…`: as it is shown. */
export const shownForm = /^[0-9a-f]{4}(?:-[0-9a-f]{4}){6}$/;

/** What people and their apps do in stories about handed-out codes. */
export function handingOut(house: House) {
  const actorOf = async (person: TestPerson): Promise<Actor> => (await openSessionFor(house.ctx, person)).actor;

  /** Begins an app; no code is handed out with it yet. */
  async function begin(actor: Actor) {
    const binder = binderOf(actor);
    const { factorId } = await beginEnrolment(house.ctx, { binder, kind, replacesId: null, given: {} });
    const secret = (await findPendingView(house.ctx, binder, kind))?.shown.secret ?? "";
    return { factorId, secret };
  }

  /** Begins an app and hands a code out with it, as an app's call does. */
  async function associate(actor: Actor) {
    const begun = await begin(actor);
    const code = await handOutCode(house.ctx, { userId: actor.userId, factorId: begun.factorId });
    return { ...begun, code };
  }

  const right = (secret: string) => ({ code: codeAt(secret, house.clock.now()) });
  const confirm = (actor: Actor, secret: string) =>
    confirmEnrolment(house.ctx, { actor, kind, answer: right(secret), label: "", defaultLabel: "Authenticator app" });

  const recover = async ({ userId }: TestPerson, code: string) =>
    answer(house.stranger(), await atSecondDoor(house.stranger(), userId), "recovery", code);

  /** Somebody who bound their only factor with the code that came with it. */
  async function bound() {
    const person = await makePerson(house.ctx);
    const actor = await actorOf(person);
    const { code, secret, factorId } = await associate(actor);
    expect(await confirm(actor, secret)).toMatchObject({ codes: null });
    return { person, code, factorId };
  }

  const rowsOf = ({ userId }: TestPerson) => house.db.recoveryCode.findMany({ where: { userId } });
  return { actorOf, begin, associate, right, confirm, recover, bound, rowsOf } as const;
}
