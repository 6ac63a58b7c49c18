import * as z from "zod";
import { apiCodes } from "@/lib/api/codes";
import type { Needs, Operation } from "@/lib/api/operation";
import {
  associationShape,
  authenticatorShape,
  loginStatusShape,
  recoveredShape,
  refreshedShape,
  secondStepShape,
  securityLevelShape,
  strengthShape,
  userShape,
} from "@/lib/api/shapes";

type Schema = Readonly<Record<string, unknown>>;

/** A shape as JSON Schema 2020-12, without the line that names the standard. */
export function schemaOf(shape: z.ZodType, io: "input" | "output"): Schema {
  const { $schema, ...schema } = z.toJSONSchema(shape, { io, unrepresentable: "any", target: "draft-2020-12" });
  return schema;
}

const retryAfterShape = z.object({
  retryAfter: z.int().min(1).describe("Seconds until it is worth another call; the sentence says the same."),
});

/** The shapes that have a name of their own in the description. */
const named: ReadonlyMap<z.ZodType, string> = new Map<z.ZodType, string>([
  [userShape, "User"],
  [recoveredShape, "RecoveredUser"],
  [authenticatorShape, "Authenticator"],
  [associationShape, "Association"],
  [secondStepShape, "SecondStep"],
  [loginStatusShape, "LoginStatus"],
  [refreshedShape, "RefreshedToken"],
  [securityLevelShape, "SecurityLevel"],
  [strengthShape, "PasswordStrength"],
  [retryAfterShape, "RetryAfter"],
]);

/** `components.schemas` of the description. */
export const namedSchemas: Schema = Object.fromEntries(
  [...named].map(([shape, name]) => [name, schemaOf(shape, "output")]),
);

/** A reference to a shape that has a name, else the shape itself. */
function outputSchema(shape: z.ZodType): Schema {
  const name = named.get(shape);
  if (name !== undefined) return { $ref: `#/components/schemas/${name}` };
  if (shape instanceof z.ZodArray && shape.element instanceof z.ZodType)
    return { type: "array", items: outputSchema(shape.element) };
  return schemaOf(shape, "output");
}

const ofToken: Readonly<Record<Needs, readonly number[]>> = {
  nothing: [],
  mfaToken: [apiCodes.mfaTokenOver],
  userToken: [apiCodes.notSignedIn],
  either: [apiCodes.mfaTokenOver, apiCodes.notSignedIn],
};

const ofEveryOne = [apiCodes.malformed, apiCodes.refused, apiCodes.fault, apiCodes.houseDown, apiCodes.throttled];

const secondSteps: readonly number[] = [apiCodes.personalSecondStep, apiCodes.policySecondStep];

/** Every code but 200 that an operation may answer, each once, in order. */
export function refusalsOf({ needs, refuses }: Operation): readonly number[] {
  const all = new Set([...ofEveryOne, ...ofToken[needs], ...refuses]);
  return [...all].sort((one, other) => one - other);
}

const message = { type: "string", description: "A sentence in the language of `x-authing-lang`." };

/** The envelope of a success, or null for what never goes well. */
export function successSchema({ output }: Operation): Schema | null {
  if (output instanceof z.ZodNever) return null;
  const code = { const: apiCodes.done };
  if (output instanceof z.ZodUndefined)
    return { type: "object", required: ["code", "message"], properties: { code, message } };
  const beside =
    output === recoveredShape ? { recoveryCode: { type: "string", description: "The same as in `data`." } } : {};
  const properties = { code, message, data: outputSchema(output), ...beside };
  return { type: "object", required: ["code", "message", "data"], properties };
}

/** What a success of an operation is inside `data` where GraphQL is spoken. */
export function resultSchema(operation: Operation): Schema | null {
  const envelope = successSchema(operation);
  return envelope === null || operation.output instanceof z.ZodUndefined ? envelope : outputSchema(operation.output);
}

/** The envelopes of everything else: a second step has data of its own, what ends by itself says when. */
export function refusalSchemas(codes: readonly number[]): readonly Schema[] {
  const steps = codes.filter((code) => secondSteps.includes(code));
  const others = codes.filter((code) => !secondSteps.includes(code));
  const envelope = (all: readonly number[], more: Schema, required: readonly string[]) => ({
    type: "object",
    required: ["code", "message", ...required],
    properties: { code: { enum: all }, message, ...more },
  });
  return [
    ...(steps.length > 0 ? [envelope(steps, { data: outputSchema(secondStepShape) }, ["data"])] : []),
    envelope(others, { data: outputSchema(retryAfterShape) }, []),
  ];
}
