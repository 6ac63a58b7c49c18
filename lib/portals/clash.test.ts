import { describe, expect, test } from "vitest";
import { findClash, findClashOfCommand, refusalOf } from "@/lib/portals/clash";

const own = (keyIds: readonly string[], secretIds: readonly string[] = ["s1"]) => ({ keyIds, secretIds });
const other = (keyIds: readonly string[], secretIds: readonly string[] = ["s1"], name = "login-2:3000") => ({
  ...own(keyIds, secretIds),
  id: "2",
  name,
  version: "0.1.0",
  appsHash: "",
});

test.each([
  ["appended behind", ["k1", "k2"], ["k1"]],
  ["behind here, not there yet", ["k1"], ["k1", "k2"]],
  ["moved to the front here", ["k2", "k1"], ["k1", "k2"]],
  ["moved to the front there", ["k1", "k2"], ["k2", "k1"]],
  ["the old one removed here", ["k2"], ["k2", "k1"]],
  ["the old one removed there", ["k2", "k1"], ["k2"]],
])("a step of the right order fits: the new key %s", (_, ours, theirs) => {
  expect(findClash(own(ours), [other(theirs)])).toBeNull();
  expect(findClash(own(["k1"], ours), [other(["k1"], theirs)])).toBeNull();
});

test("a key in front that a living portal does not know is refused, with its name and the order", () => {
  const clash = findClash(own(["k2", "k1"]), [other(["k2", "k1"], ["s1"], "login-1:3000"), other(["k1"])]);
  expect(clash).toEqual({ portal: "login-2:3000", list: "keys", lacking: "theirs", front: "k2" });
  expect(clash && refusalOf(clash)).toBe(
    'The portal login-2:3000 is alive and does not know the key "k2" that stands in front of PORTAL_KEYS here; the order is: append the new key behind everywhere → move it to the front everywhere → rotate-keys → remove the old one.',
  );
});

test("so is the reverse, a key that a living portal has in front and that is not named here", () => {
  const clash = findClash(own(["k1"]), [other(["k2", "k1"])]);
  expect(clash && refusalOf(clash)).toContain(
    'The portal login-2:3000 is alive and has the key "k2" in front, which PORTAL_KEYS does not name here; the order is:',
  );
});

test("secrets follow the same order, and nobody names one", () => {
  const newFront = findClash(own(["k1"], ["s2", "s1"]), [other(["k1"])]);
  expect(newFront && refusalOf(newFront)).toBe(
    "The portal login-2:3000 is alive and does not know the secret that stands in front of AUTH_SECRET here; the order is: append the new secret behind everywhere → move it to the front everywhere → remove the old one a day later.",
  );
  const removed = findClash(own(["k1"], ["s2"]), [other(["k1"], ["s1", "s2"])]);
  expect(removed && refusalOf(removed)).toContain("has the secret in front, which AUTH_SECRET does not name here");
});

test("what nobody knows accuses nobody", () => {
  expect(findClash(own(["k1"], []), [other(["k1"], ["s9"])])).toBeNull();
  expect(findClash(own(["k1"], ["s1"]), [other(["k1"], [])])).toBeNull();
  expect(findClash(own(["k1"]), [])).toBeNull();
});

describe("to a command beside the only portal, which was not restarted since the change", () => {
  const said = (ours: Parameters<typeof own>, living: Parameters<typeof findClash>[1]) => {
    const clash = findClashOfCommand(own(...ours), living);
    return clash && refusalOf(clash);
  };

  test("a restart is said to be what is missing", () => {
    expect(said([["k2", "k1"]], [other(["k1"])])).toBe(
      'The portal login-2:3000 is alive and does not know the key "k2" that stands in front of PORTAL_KEYS here; the order is: restart this portal first, with the settings that are here → rotate-keys → remove the old one.',
    );
    expect(said([["k1"], ["s2", "s1"]], [other(["k1"])])).toContain(
      "AUTH_SECRET here; the order is: restart this portal first, with the settings that are here → remove the old one a day later.",
    );
  });

  test.each([
    ["what it has written could not be opened then", ["k2"], [other(["k1"])]],
    ["it is further than the settings here", ["k1"], [other(["k2", "k1"])]],
    ["it is one of two", ["k2", "k1"], [other(["k1"]), other(["k1"], ["s1"], "login-1:3000")]],
  ])("and the whole order where %s", (_, ours, living) => {
    expect(said([ours], living)).toContain("the order is: append the new key behind everywhere");
  });
});
