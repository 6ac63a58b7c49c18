import { describe, expect, test } from "vitest";
import { insider } from "@/lib/account/contacts/contacts.kit";
import { changeUsername } from "@/lib/account/profile/change-username";
import { readProfile, updateProfile } from "@/lib/account/profile/update-profile";
import { eventNames, openHouse, refused } from "@/lib/testing/story";
import { makePerson } from "@/lib/testing/test-context";
import { readName, readPhoto } from "@/lib/users/called-as";

const house = openHouse();

test("what is given is kept, what is left out stays, what is empty goes; saying the same again is no event", async () => {
  const { actor } = await insider(house.ctx);
  const save = (typed: Parameters<typeof updateProfile>[1]["typed"]) => updateProfile(house.ctx, { actor, typed });
  await save({ name: " Ada Lovelace ", nickname: "Ada", photo: "https://example.test/ada.png" });
  await save({ nickname: "" });
  await save({ nickname: "" });
  expect(await readProfile(house.ctx, actor)).toMatchObject({
    name: "Ada Lovelace",
    nickname: null,
    photo: "https://example.test/ada.png",
  });
  const events = await eventNames(house.ctx, actor.userId);
  expect(events.filter((name) => name === "account.profile_changed")).toHaveLength(2);
});

test.each([
  ["ﻣﺤﻤﺪ", "ﻣﺤﻤﺪ"],
  ["👩‍🚀 Ada", "👩‍🚀 Ada"],
  ["\u202eAda\u202c", "Ada"],
  ["李雷", "李雷"],
  ["  ", null],
])("%j is the name %j", (typed, name) => expect(readName(typed, "name")).toBe(name));

test.each(["a".repeat(65), "Ada\nLovelace", "Ada\u0000", "a".repeat(2000)])("%j is no name", async (typed) =>
  expect(await refused((async () => readName(typed, "name"))())).toBe("account.name_too_long"),
);

test.each([
  ["https://example.test/a.png", "https://example.test/a.png"],
  [" https://bücher.example/ä ", "https://xn--bcher-kva.example/%C3%A4"],
  ["", null],
])("%j is the picture %j", (typed, photo) => expect(readPhoto(typed)).toBe(photo));

test.each([
  "http://example.test/a.png",
  "javascript:alert(1)",
  "data:image/png;base64,AA==",
  "https://ada:secret@example.test/",
  "//example.test/a.png",
  `https://example.test/${"a".repeat(1024)}`,
  "x".repeat(5000),
])("%j is no picture", async (typed) =>
  expect(await refused((async () => readPhoto(typed))())).toBe("account.bad_photo"),
);

describe("a user name", () => {
  test("is changed, taken away, and told; somebody else's is refused", async () => {
    const { actor } = await insider(house.ctx);
    await makePerson(house.ctx, { username: "grace" });
    expect(await changeUsername(house.ctx, { actor, typed: " Ada.Lovelace " })).toBe("ada.lovelace");
    expect(await refused(changeUsername(house.ctx, { actor, typed: "Grace" }))).toBe("account.username_taken");
    expect(await refused(changeUsername(house.ctx, { actor, typed: "a@b" }))).toBe("setup.bad_username");
    expect(await changeUsername(house.ctx, { actor, typed: "" })).toBeNull();
    const events = await eventNames(house.ctx, actor.userId);
    expect(events.filter((name) => name === "account.username_changed")).toHaveLength(2);
  });

  test("a thief with a session does not learn by it who has an account: ten questions a day, each answer costs one", async () => {
    const { actor } = await insider(house.ctx);
    await makePerson(house.ctx, { username: "hopper" });
    const ask = () => changeUsername(house.ctx, { actor, typed: "hopper" });
    for (let time = 0; time < 10; time += 1) expect(await refused(ask())).toBe("account.username_taken");
    expect(await refused(ask())).toBe("throttle.too_many");
  });
});
