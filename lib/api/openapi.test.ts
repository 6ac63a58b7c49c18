import { readFileSync } from "node:fs";
import { join } from "node:path";
import SwaggerParser from "@apidevtools/swagger-parser";
import { createConfig, lint } from "@redocly/openapi-core";
import { expect, test } from "vitest";
import { describeApi } from "@/lib/api/openapi";
import { graphqlOperations, restOperations } from "@/lib/api/operations";
import { secondStepShape } from "@/lib/api/shapes";

const written = `${JSON.stringify(describeApi(), null, 2)}\n`;
const place = join(import.meta.dirname, "../../docs/openapi.json");

test("docs/openapi.json is what the API's own shapes say", async () => {
  await expect(written).toMatchFileSnapshot(place);
});

test("it names every path, method and document, and no other", () => {
  for (const [path, methods] of Object.entries(restOperations))
    for (const method of Object.keys(methods))
      expect(describeApi()).toHaveProperty(["paths", `/api/v2/${path}`, method.toLowerCase()]);
  for (const [field, { kind }] of Object.entries(graphqlOperations)) expect(written).toContain(`"${kind} ${field}"`);
});

test("two readers of OpenAPI that are not ours find nothing to say about it", async () => {
  await expect(SwaggerParser.validate(place)).resolves.toMatchObject({ openapi: "3.1.0" });
  const found = await lint({ ref: place, config: await createConfig({ extends: ["recommended"] }) });
  expect(found.map(({ ruleId, message, location: [at] }) => `${ruleId}: ${message} ${at?.pointer}`)).toEqual([]);
});

test("the page for those who move an app names all that a second step's answer tells, and every kind and status of its list", () => {
  const page = readFileSync(join(import.meta.dirname, "../../docs/move-from-authing.md"), "utf8");
  const told = Object.entries(secondStepShape.shape).filter(([, { type }]) => type !== "null" && type !== "literal");
  const { mfaPolicy, status } = secondStepShape.shape.applicationMfa.element.shape;
  expect(told.map(([name]) => name)).toContain("passkeyEnabled");
  for (const [name] of told.filter(([name]) => !name.endsWith("CountryCode"))) expect(page).toContain(`\`${name}\``);
  for (const one of mfaPolicy.options) expect(page).toContain(`"${one}"`);
  for (const one of status.values) expect(page).toContain(`\`status: ${one}\``);
});
