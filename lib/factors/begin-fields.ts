import { strategies } from "@/lib/factors/registry";
import { boundKinds } from "@/lib/policy/traits";

/** The fields of everything that a person may type to begin binding something. None of it is secret. */
export const beginFields: readonly string[] = boundKinds.flatMap(
  (kind) => strategies[kind].enrolment?.beginsWith ?? [],
);
