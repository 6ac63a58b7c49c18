import { expect, test } from "vitest";
import { describeLane } from "@/lib/wire/openapi";
import { graphqlOperations, restOperations } from "@/lib/wire/operations";

const written = `${JSON.stringify(describeLane(), null, 2)}\n`;

test("docs/openapi.json is what the lane's own shapes say", async () => {
  await expect(written).toMatchFileSnapshot("../../docs/openapi.json");
});

test("it names every path, method and document, and no other", () => {
  for (const [path, methods] of Object.entries(restOperations))
    for (const method of Object.keys(methods))
      expect(describeLane()).toHaveProperty(["paths", `/api/v2/${path}`, method.toLowerCase()]);
  for (const [field, { kind }] of Object.entries(graphqlOperations)) expect(written).toContain(`"${kind} ${field}"`);
});
