import { afterAll, beforeAll, expect, test } from "vitest";
import { directMistake } from "@/lib/db/one-database";
import { betweenMistake } from "@/lib/db/pooler";
import { type TestDatabase, testDatabase } from "@/lib/testing/test-database";
import { startThrowAwayServer, type ThrowAwayServer } from "@/lib/testing/throw-away-server";

let [ours, theirs]: [TestDatabase | null, TestDatabase | null] = [null, null];
let elsewhere: ThrowAwayServer | null = null;
beforeAll(async () => {
  [ours, theirs] = [await testDatabase(), await testDatabase()];
  elsewhere = await startThrowAwayServer(process.cwd(), { inMemory: true });
});
afterAll(() => Promise.all([ours?.drop(), theirs?.drop(), elsewhere?.stop()]));

const other =
  /^DATABASE_DIRECT_URL leads to another database than DATABASE_URL, .*\. Let both lead to one database on one server\.$/;

test("two addresses of one database are one", async () => {
  const url = ours?.url ?? "";
  expect(await directMistake({ url, directUrl: url })).toBeNull();
  expect(await directMistake({ url, directUrl: `${url}&application_name=past-the-pooler` })).toBeNull();
});

test("another database of the same server is told, also at a start", async () => {
  const ways = { url: ours?.url ?? "", directUrl: theirs?.url ?? "" };
  expect(await directMistake(ways)).toMatch(other);
  expect(await betweenMistake({ ...ways, named: true })).toMatch(other);
});

test("so is one of the same name on another server", async () => {
  const [here, there] = [process.env.TEST_SERVER_URL ?? "", elsewhere?.urlOf("postgres") ?? ""];
  expect(await directMistake({ url: here, directUrl: there })).toMatch(other);
});
