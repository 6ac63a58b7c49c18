import { expect, test } from "vitest";
import { readPendingPrepared } from "@/lib/challenge/enrol-at-login";
import { beginEnrolment } from "@/lib/factors/begin-enrolment";
import { binderOf } from "@/lib/factors/binder-of";
import { confirmEnrolment } from "@/lib/factors/confirm-enrolment";
import { answer, fieldsOf, owner, type UnderContract } from "@/lib/factors/contract/under-contract.kit";
import { findPendingView } from "@/lib/factors/list-factors";
import { strategies } from "@/lib/factors/registry";
import { isBoundKind } from "@/lib/policy/kinds";
import { listFactors } from "@/lib/testing/listed-factors";
import { atSecondDoor, type House, refused } from "@/lib/testing/story";
import { openSessionFor, type TestPerson } from "@/lib/testing/test-context";

type Binding = NonNullable<UnderContract["binding"]>;

/** Begun by this person in a session of their own: who began, and what a page may show of it. */
async function begin(house: House, factor: UnderContract, binding: Binding, person: TestPerson) {
  const { actor } = await openSessionFor(house.ctx, person);
  if (!isBoundKind(factor.kind)) throw new Error(`${factor.kind} is not bound.`);
  const { kind } = factor;
  const binder = binderOf(actor);
  await beginEnrolment(house.ctx, { binder, kind, replacesId: null, given: binding.given });
  const view = await findPendingView(house.ctx, binder, kind);
  if (!view) throw new Error("Nothing is pending.");
  const prepared = await readPendingPrepared(house.ctx, binder, kind);
  return { actor, kind, shown: view.shown, prepared, userId: person.userId, at: house.clock.now() };
}

export function bindsSafely(house: House, factor: UnderContract, binding: Binding): void {
  async function begun() {
    const { person, right } = await owner(house, factor);
    const pending = await begin(house, factor, binding, person);
    return { person, right, pending, pass: await atSecondDoor(house.stranger(), person.userId) };
  }

  test("what is pending opens no challenge", async () => {
    const { pass, pending } = await begun();
    const code = await binding.right(pending);
    const refusal = await refused(answer(house.stranger(), pass, factor.kind, code));
    const tells = [strategies[factor.kind].wrong, ...(typeof code === "string" ? [] : [`${factor.kind}.malformed`])];
    expect(tells).toContain(refusal); // of several fields some may be the confirmation's own
  });

  test("beginning again leaves the active one working", async () => {
    const { person, pass, right } = await begun();
    expect((await answer(house.stranger(), pass, factor.kind, await right(pass))).userId).toBe(person.userId);
  });

  test("confirmed once, in the session that began it and no other; then it answers", async () => {
    const { person } = await owner(house, factor);
    const { actor: thief } = await openSessionFor(house.ctx, person);
    const { actor, kind, ...pending } = await begin(house, factor, binding, person);
    const typed = fieldsOf(kind, await binding.right(pending));
    const confirm = (by: typeof actor) =>
      confirmEnrolment(house.ctx, { actor: by, kind, answer: typed, label: "", defaultLabel: "New" });
    expect(await refused(confirm(thief))).toBe("factors.enrolment_gone");
    const outcomes = await Promise.allSettled([confirm(actor), confirm(actor), confirm(actor)]);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect((await listFactors(house.ctx, { ...person, deviceId: null })).map(({ label }) => label)).toContain("New");
  });
}
