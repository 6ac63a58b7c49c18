import { isNestedDeeper } from "@/lib/kernel/json-depth";
import type { FormPart } from "@/lib/serve/form-parts";

/** How Next names its actions; it writes anything else into the log as it came. */
export const actionName = /^[0-9a-f]{42}$/;

/** How deep what our forms carry is nested at most (a list, a form's state, what it keeps), and how many arguments an action has. */
const [deepest, mostArguments] = [4, 4];

/** The framework's own field of a call by script: the arguments, of which one stands for the form's fields. */
const callArguments = "0";

/** A reference to the form's fields in that list; they follow under names that begin with `_1_`. */
const formReference = /^\$K([0-9a-f]{1,2})$/;

/**
 * Is this what a page of ours sends when it calls an action by script? The arguments once, as plain data and at most one form, and that form's fields:
 * whatever else the framework's decoder knows (files, functions, streams, dates, references in circles) nobody here sends, and it throws on most of it.
 */
export function isActionCall(parts: readonly FormPart[]): boolean {
  const [list, ...others] = parts.filter(({ name }) => name === callArguments);
  if (list === undefined || others.length > 0 || !list.isPlain) return false;
  const given = argumentsIn(list.content);
  if (given === null) return false;
  const forms = given.flatMap((value) => (typeof value === "string" ? (formReference.exec(value)?.[1] ?? []) : []));
  if (forms.length > 1 || !given.every((value) => isFormReference(value) || isPlain(value, deepest))) return false;
  const [key] = forms;
  return parts.every((part) => part === list || (key !== undefined && part.name.startsWith(`_${key}_`)));
}

/**
 * The actions that a form without scripts names, for the framework finds them in fields of its own; empty for a form that is for none. Null when one
 * of these fields is not as React writes it, comes twice or leads to what is not there.
 */
export function actionsNamedIn(parts: readonly FormPart[]): readonly string[] | null {
  const own = parts.filter(({ name }) => name.startsWith("$ACTION"));
  const fields = new Map(own.map((part) => [part.name, part.content]));
  if (fields.size < own.length || !own.every(({ isPlain }) => isPlain)) return null;
  const found = [...fields.keys()].map((name) => actionBehind(name, fields));
  return found.includes(null) ? null : found.flatMap((action) => (action ? [action] : []));
}

/** The action that one of these fields leads to; empty for one that only belongs to another, null for one that nobody writes. */
function actionBehind(name: string, fields: ReadonlyMap<string, string>): string | null {
  if (name === "$ACTION_KEY") return (fields.get(name) ?? "").length <= 256 ? "" : null;
  const id = /^\$ACTION_ID_([0-9a-f]{42})$/.exec(name)?.[1];
  if (id !== undefined) return id;
  const bound = /^\$ACTION_REF_(\d{1,3})$/.exec(name)?.[1];
  if (bound !== undefined) return boundAction(bound, fields);
  const form = /^\$ACTION_(\d{1,3}):[01]$/.exec(name)?.[1];
  return form !== undefined && fields.has(`$ACTION_REF_${form}`) ? "" : null;
}

/** `:0` names the action and where its first argument is, which stands in `:1`: the state of the form. */
function boundAction(form: string, fields: ReadonlyMap<string, string>): string | null {
  const named = parsed(fields.get(`$ACTION_${form}:0`));
  if (typeof named !== "object" || named === null || Array.isArray(named)) return null;
  const { id, bound, ...rest } = Object.fromEntries(Object.entries(named));
  if (typeof id !== "string" || !actionName.test(id) || Object.keys(rest).length > 0) return null;
  const states = fields.get(`$ACTION_${form}:1`);
  if (bound === null) return states === undefined ? id : null;
  return bound === "$@1" && argumentsIn(states)?.every((value) => isPlain(value, deepest)) ? id : null;
}

function argumentsIn(text: string | undefined): readonly unknown[] | null {
  const list = parsed(text);
  return Array.isArray(list) && list.length <= mostArguments ? list : null;
}

const isFormReference = (value: unknown) => typeof value === "string" && formReference.test(value);

/** A dollar begins what the decoder gives a meaning of its own; two are one in the text, and one word means "nothing". */
function isPlain(value: unknown, depth: number): boolean {
  if (typeof value === "string") return !value.startsWith("$") || value.startsWith("$$") || value === "$undefined";
  if (typeof value !== "object" || value === null) return true;
  if (depth === 0 || Object.keys(value).includes("__proto__")) return false;
  return Object.values(value).every((each) => isPlain(each, depth - 1));
}

function parsed(text: string | undefined): unknown {
  if (text === undefined || isNestedDeeper(text, deepest + 2)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // whatever is wrong with it is the sender's
  }
}
