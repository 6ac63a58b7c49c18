import { join } from "node:path";
import { expect, test } from "vitest";
import { graphqlOperations, restOperations } from "@/lib/api/operations";
import { actions } from "@/lib/testing/hostile/actions";
import { listDoors } from "@/lib/testing/hostile/doors";
import { actionsInTree, addressesInTree } from "@/lib/testing/hostile/house";

const root = join(import.meta.dirname, "../../..");
const names = listDoors({ root, url: "http://localhost:3000", actionId: (name) => name }).map(({ name }) => name);

test("hostile bodies are sent to every server action of the house, and to none that is gone", () => {
  const inTree = actionsInTree(root);
  expect(inTree.length).toBeGreaterThan(20);
  expect(Object.keys(actions).sort()).toEqual([...inTree].sort());
  expect(names).toEqual(expect.arrayContaining([...inTree]));
});

test("hostile addresses and forms are sent to every page and every route", () => {
  const inTree = addressesInTree(root);
  expect(inTree).toEqual(
    expect.arrayContaining(["/", "/login", "/welcome/[token]", "/graphql/v2", "/api/v2/[...path]"]),
  );
  expect(names).toEqual(expect.arrayContaining(inTree.map((address) => `page ${address}`)));
});

test("hostile bodies are sent to every operation of the API", () => {
  const operations = [
    ...Object.entries(restOperations).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} /api/v2/${path}`),
    ),
    ...Object.keys(graphqlOperations).map((field) => `POST /graphql/v2 ${field}`),
  ];
  expect(operations.length).toBeGreaterThan(30);
  expect(names).toEqual(expect.arrayContaining(operations));
});

test("no two doors have one name: a word chooses among them", () => {
  expect(new Set(names).size).toBe(names.length);
});
