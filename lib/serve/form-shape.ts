import type { IncomingHttpHeaders } from "node:http";
import { actionName, actionsNamedIn, isActionCall } from "@/lib/serve/action-shape";
import { partsOf } from "@/lib/serve/form-parts";

/** The media type as browsers write it: nothing after the boundary, quoted or not (RFC 2046, section 5.1.1). */
const multipart = /^multipart\/form-data; ?boundary=("?)([0-9A-Za-z'()+_,./:=?-]{1,70})\1$/i;

/** Node's own reader of plain forms knows boundaries from this length on; all browsers' are longer. */
const shortestPlainBoundary = 27;

/** What a body says of actions: those that it names, or that the parsers behind the doors could not read it. */
export type FormShape =
  | { readonly kind: "readable"; readonly actions: readonly string[] }
  | { readonly kind: "unreadable" };

const unreadable: FormShape = { kind: "unreadable" };

/**
 * Is this whole body something that the parsers behind the doors can read? Two of them read forms, each differently, and then the framework decodes
 * what stands in them: what one of these stumbles over becomes a fault of ours (500), and a part that announces an encoding ends the process, because
 * React closes its parser on it while nobody listens. So only what browsers send for our pages passes. An action is always called with a form;
 * other bodies than multipart ones pass where no action is called: nobody takes them apart piece by piece.
 */
export function shapeOfForm(headers: IncomingHttpHeaders, body: Buffer): FormShape {
  const action = headers["next-action"];
  if (action !== undefined && (typeof action !== "string" || !actionName.test(action))) return unreadable;
  const type = headers["content-type"]?.trim() ?? "";
  const isMultipart = type.toLowerCase().startsWith("multipart/");
  if (!isMultipart) return action === undefined ? { kind: "readable", actions: [] } : unreadable;
  const boundary = multipart.exec(type)?.[2];
  if (boundary === undefined || (action === undefined && boundary.length < shortestPlainBoundary)) return unreadable;
  const parts = partsOf(body, boundary);
  if (parts === null) return unreadable;
  if (action !== undefined) return isActionCall(parts) ? { kind: "readable", actions: [action] } : unreadable;
  const actions = actionsNamedIn(parts);
  return actions === null ? unreadable : { kind: "readable", actions };
}
