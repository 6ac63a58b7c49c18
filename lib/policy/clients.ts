import type { Duration } from "@/lib/kernel/duration";
import { policy } from "@/lib/policy/policy";

/** The API client that this portal itself is: its own pages. Every other one is an app, a relying party, and none can have this id. */
export const portalClient = "portal";

/** What a kind of client is. Whoever decides asks this, never which client it is. */
export type ClientTraits = {
  /** Its user can be handed another token for the one they have: a session's when the account changes, a login's when a factor is begun in it. */
  readonly rotatesToken: boolean;
  /** It is registered by an operator and has a name of its own: people see it apart, and may withdraw from it what it has. */
  readonly isRegistered: boolean;
  /** It shows words once: where a first factor is bound through it, recovery codes are made. Elsewhere people make them in the pages. */
  readonly showsCodes: boolean;
  /** Its page asks whether they are saved, and says so to their owner until they are. What another client shows counts as saved. */
  readonly asksWhetherSaved: boolean;
  /** A browser that passes both doors becomes a known device. Where none does, a browser is known again by what it calls itself. */
  readonly remembersDevices: boolean;
  /** Its registration may demand a second factor of everybody, beside what the operator's policy asks. */
  readonly mayDemand: boolean;
  /** How long a session may lie unused. Null: as long as it lives. */
  readonly idleLimit: Duration | null;
  /** How long a login that is satisfied waits for its session. Null: as long as it lives. */
  readonly claimLimit: Duration | null;
};

/** Every kind of client. A third one also needs what tells it from an app: in `clientTraits` below, and for statements in `lib/db/by-client.ts`. */
export const clients = {
  portal: {
    rotatesToken: true,
    isRegistered: false,
    showsCodes: true,
    asksWhetherSaved: true,
    remembersDevices: true,
    mayDemand: false,
    idleLimit: policy.session.idle,
    claimLimit: policy.challenge.satisfiedLifetime,
  },
  /** A program of somebody else's that speaks the JSON API. It keeps its token wherever it likes and asks when it likes. */
  app: {
    rotatesToken: false, // no answer but that of a login brings one
    isRegistered: true,
    showsCodes: false,
    asksWhetherSaved: false,
    remembersDevices: false, // no cookie of ours
    mayDemand: true,
    idleLimit: null, // nobody would see the session end
    claimLimit: null, // the answer that said so may never have arrived
  },
} as const satisfies Readonly<Record<string, ClientTraits>>;

/** What the client of a login, a session or a token is. */
export const clientTraits = (clientId: string): ClientTraits =>
  clientId === portalClient ? clients.portal : clients.app;

/** Names that no app may have, however they are written: people would take it for the portal. */
export const isReservedId = (clientId: string): boolean => clientId.toLowerCase() === portalClient;
