/** Why a browser gives no answer. `unsupported`: this browser, this device or this address cannot do what was asked. */
export type Refused = "cancelled" | "timed_out" | "already_registered" | "unsupported" | "aborted";

/** The names of what a browser throws (WebAuthn level 3, 5.1.3 and 5.1.4); any other one means that it could not be done. */
const refusals: Readonly<Record<string, Refused>> = {
  NotAllowedError: "cancelled",
  InvalidStateError: "already_registered",
  AbortError: "aborted",
};

/** What a fault of the browser's own means to whoever sits before it. */
export const refusedBy = (fault: unknown): Refused => (fault instanceof Error && refusals[fault.name]) || "unsupported";
