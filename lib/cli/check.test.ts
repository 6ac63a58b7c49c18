import { beforeEach, expect, test } from "vitest";
import { commandLine } from "@/lib/cli/command-line.kit";
import { makeIndexKeys } from "@/lib/crypto/index-keys";
import { makePerson, type TestPerson } from "@/lib/testing/test-context";

const { house, now, portal, json } = commandLine();
let ada: TestPerson;

beforeEach(async () => {
  await makeIndexKeys(house().db);
  ada = await makePerson(now(), { email: "ada@example.test" });
});

test("check says that all is well, or what is not and which rows, and changes nothing", async () => {
  expect(await portal("check")).toMatchObject({
    code: 0,
    err: "",
    out: expect.stringMatching(/^All \d+ rules hold, and every sealed value opens\.\n$/),
  });
  await house().db.user.updateMany({ data: { passwordFailures: -1, passwordHash: "v1.one.x.x.x" } });
  const before = await house().db.user.findMany();
  const ran = await portal("check");
  expect(ran).toMatchObject({ code: 1, err: expect.stringMatching(/^2 rules of \d+ did not hold\.\n$/) });
  expect(ran.out).toMatch(/counter\.negative: 1 row \(.+\), of the account .+\n {2}A counter/);
  expect(ran.out).toMatch(/sealed\.users\.password_hash: 1 row \(.+\), of the account \S+\n/);
  const [, id = ""] = ran.out.match(/counter\.negative: .+, of the account (\S+)/) ?? [];
  expect(id).toBe(ada.userId);
  expect(await portal(`people sessions ${id}`)).toMatchObject({
    code: 0,
    out: "ada@example.test is logged in nowhere.\n",
  });
  expect(await json("check")).toMatchObject({
    code: 1,
    document: {
      ok: false,
      error: { id: "check.broken" },
      broken: [{ name: "counter.negative", count: 1, people: [ada.userId] }, {}],
    },
  });
  expect(await house().db.user.findMany()).toEqual(before);
});
