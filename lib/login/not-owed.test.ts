import { describe, expect, test } from "vitest";
import { changePassword } from "@/lib/account/change-password";
import { seal } from "@/lib/crypto/seal";
import { counter, knock, openHouse, refused } from "@/lib/testing/story";
import { makePerson, openSessionFor, type TestPerson } from "@/lib/testing/test-context";
import { bucketKey } from "@/lib/throttle/bucket";
import { passwordSealedFor } from "@/lib/users/check-password";

const house = openHouse();

/** What is counted against a person's password: strangers' failures, and everybody's. */
async function counted({ userId }: TestPerson) {
  const { fails } = await counter(house.ctx, bucketKey("password.strangers", userId));
  const { passwordFailures } = await house.db.user.findUniqueOrThrow({ where: { id: userId } });
  return { fails, passwordFailures };
}

/** A hash that no library can read: the judging fails, through no fault of the person's. */
async function withBrokenHash(): Promise<TestPerson> {
  const person = await makePerson(house.ctx);
  const passwordHash = seal("$argon2id$broken", passwordSealedFor(person.userId));
  await house.db.user.update({ where: { id: person.userId }, data: { passwordHash } });
  return person;
}

describe("a fault of ours while a password is judged is counted nowhere", () => {
  test("at login", async () => {
    const person = await withBrokenHash();
    await expect(knock(house.stranger(), person)).rejects.not.toHaveProperty("name", "DomainError");
    expect(await counted(person)).toEqual({ fails: 0, passwordFailures: 0 });
  });

  test("when it is exchanged", async () => {
    const person = await withBrokenHash();
    const { actor } = await openSessionFor(house.ctx, person);
    const change = changePassword(house.ctx, { actor, current: person.password, next: "nine slow ferries to nowhere" });
    await expect(change).rejects.not.toHaveProperty("name", "DomainError");
    expect(await counted(person)).toEqual({ fails: 0, passwordFailures: 0 });
  });
});

test("the right password, offered as the new one too, is refused and leaves nothing counted", async () => {
  const person = await makePerson(house.ctx);
  const { actor } = await openSessionFor(house.ctx, person);
  const change = () => changePassword(house.ctx, { actor, current: person.password, next: person.password });
  for (let time = 0; time < 7; time += 1) expect(await refused(change())).toBe("password.same_as_before");
  expect(await counted(person)).toEqual({ fails: 0, passwordFailures: 0 });
});
