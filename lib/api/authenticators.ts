import { toDataURL } from "qrcode";
import * as z from "zod";
import { apiCodes, confirmCodes } from "@/lib/api/codes";
import { called, kindNames } from "@/lib/api/kind-words";
import { type Caller, operation, optionalText, typedCode } from "@/lib/api/operation";
import { done } from "@/lib/api/reply";
import { associationShape, authenticatorShape, userShape } from "@/lib/api/shapes";
import { userView } from "@/lib/api/user-view";
import { freshSessionOf, passOf, profileOf, sessionOf } from "@/lib/api/who";
import { beginAtLogin, confirmAtLogin } from "@/lib/challenge/enrol-at-login";
import { findEnrollable } from "@/lib/challenge/enrollable";
import { findOpenLogin } from "@/lib/challenge/read-api-ways";
import { beginEnrolment } from "@/lib/factors/begin-enrolment";
import { binderOf } from "@/lib/factors/binder-of";
import { cancelEnrolment } from "@/lib/factors/cancel-enrolment";
import { confirmEnrolment } from "@/lib/factors/confirm-enrolment";
import { findPendingView } from "@/lib/factors/list-factors";
import { handOutCode } from "@/lib/factors/recovery/hand-out";
import { findPending, listActiveOfKind } from "@/lib/factors/store";
import { ensure } from "@/lib/kernel/assert";
import { DomainError } from "@/lib/kernel/errors";
import { say } from "@/lib/messages/say";
import { askToRemoveAllOfKind } from "@/lib/pending/ask-to-remove";
import { actorOf } from "@/lib/sessions/acting-session";

const kind = called.app;
/** The kinds that can be listed. */
const listed = [called.app, called.message, called.mail] as const;

const ofApp = (type: string | undefined) => type === undefined || type === kind;

/** Only authenticator apps are bound by these calls; clients name the kind, or leave it out. */
const typed = z.object({ authenticator_type: optionalText, totp: typedCode });

export const listAuthenticators = operation({
  name: "getMfaAuthenticators",
  summary: "The factors of an account of one kind, its authenticator apps unless another is named; never a secret.",
  needs: "either",
  refuses: [],
  output: z.array(authenticatorShape),
  input: z.object({ type: optionalText, authenticator_type: optionalText, source: optionalText }),
  act: async (caller, { type, authenticator_type }) => {
    const owner = await ownerOf(caller);
    const asked = listed.find((one) => one === (type ?? authenticator_type ?? kind));
    if (asked === undefined) return done("wire.done", []);
    const active = await listActiveOfKind(caller.ctx, owner.userId, asked);
    const pending = await findPending(caller.ctx, owner, asked);
    const all = [...active, ...(pending ? [pending] : [])];
    const list = all.map(({ id, userId, createdAt, confirmedAt }) => ({
      id,
      userId,
      enable: confirmedAt !== null,
      secret: "",
      authenticatorType: asked,
      recoveryCode: "",
      createdAt: createdAt.toISOString(),
      updatedAt: (confirmedAt ?? createdAt).toISOString(),
    }));
    return done("wire.done", list);
  },
});

/** Whose authenticators a caller may see, and in what they began to bind one. */
async function ownerOf(caller: Caller): Promise<{ readonly userId: string; readonly begunIn: string }> {
  if (!caller.looksLikeMfa) {
    const { session } = await sessionOf(caller);
    return { userId: session.userId, begunIn: session.id };
  }
  const { userId, id } = await findOpenLogin(caller.ctx, passOf(caller));
  return { userId, begunIn: id };
}

export const associate = operation({
  name: "assosicateMfaAuthenticator",
  summary: "Begin to bind an authenticator app.",
  needs: "either",
  output: associationShape,
  input: typed,
  refuses: [apiCodes.proofNeeded, apiCodes.notOffered],
  act: async (caller, { authenticator_type }) => {
    if (!ofApp(authenticator_type)) throw new DomainError("wire.not_offered");
    const begun = await (caller.looksLikeMfa ? beginInLogin(caller) : beginInSession(caller));
    const { secret, uri } = begun.shown;
    const recoveryCode = await handOutCode(caller.ctx, begun).catch(async (error: unknown) => {
      throw error instanceof DomainError && error.id === "factors.enrolment_gone"
        ? await supplanted(caller, begun.beginner)
        : error;
    });
    ensure(secret !== undefined && uri !== undefined, "an app that is being bound has a secret");
    return done("wire.totp_begun", {
      authenticator_type: kind,
      secret,
      qrcode_uri: uri,
      recovery_code: recoveryCode,
      qrcode_data_url: await toDataURL(uri, { width: 228, margin: 2 }),
    });
  },
});

type Begun = {
  readonly userId: string;
  readonly beginner: Beginner;
  readonly factorId: string;
  readonly shown: Readonly<Record<string, string>>;
};

/** In a login: only where policy demands a factor and the account has none. The token stays, because the app holds no other. */
async function beginInLogin(caller: Caller): Promise<Begun> {
  const { ctx } = caller;
  const pass = passOf(caller);
  const challenge = await findOpenLogin(ctx, pass);
  if (!(await findEnrollable(ctx, challenge)).includes(kind)) throw new DomainError("wire.binds_nothing");
  const { userId, factorId } = await beginAtLogin(ctx, { pass, kind, given: {} });
  const beginner = { ...challenge, begunIn: challenge.id };
  return { userId, beginner, factorId, shown: await shownOf(caller, beginner, factorId) };
}

type Beginner = { readonly userId: string; readonly email: string; readonly begunIn: string };

/** What the app shows of the very factor that it began; another call of the same login may have begun another one since. */
async function shownOf(caller: Caller, beginner: Beginner, factorId: string): Promise<Begun["shown"]> {
  const begun = await findPendingView(caller.ctx, beginner, kind);
  if (begun?.id !== factorId) throw await supplanted(caller, beginner);
  return begun.shown;
}

/** Of two calls at once the later one counts, and the other is told so: a second try of it would only take the place of what the later one shows. */
async function supplanted({ ctx }: Caller, beginner: Beginner): Promise<DomainError> {
  const newest = await findPending(ctx, beginner, kind);
  return new DomainError(newest ? "factors.replaced_elsewhere" : "factors.enrolment_gone");
}

async function beginInSession(caller: Caller): Promise<Begun> {
  const { ctx } = caller;
  const binder = binderOf(actorOf((await freshSessionOf(caller)).session));
  const { factorId } = await beginEnrolment(ctx, { binder, kind, replacesId: null, given: {} });
  return { userId: binder.userId, beginner: binder, factorId, shown: await shownOf(caller, binder, factorId) };
}

export const confirm = operation({
  name: "confirmAssosicateMfaAuthenticator",
  summary: "Bind the app that was begun, by its first code.",
  needs: "either",
  refuses: [apiCodes.proofNeeded, apiCodes.notOffered],
  output: userShape,
  input: typed,
  codes: { ...confirmCodes, "wire.code_missing": 400 },
  act: async (caller, { authenticator_type, totp }) => {
    if (!ofApp(authenticator_type)) throw new DomainError("wire.not_offered");
    const userId = await (caller.looksLikeMfa ? confirmInLogin : confirmInSession)(caller, totp);
    return done("wire.totp_bound", userView(await profileOf(caller, userId), null));
  },
});

/** The login is satisfied then, and its session waits for the verification that follows on the same token. */
async function confirmInLogin(caller: Caller, totp: string | undefined): Promise<string> {
  const { ctx } = caller;
  const pass = passOf(caller);
  const { userId } = await findOpenLogin(ctx, pass);
  const answer = { code: codeIn(totp) };
  await confirmAtLogin(ctx, { pass, kind, answer, label: "", defaultLabel: say(ctx.language, kindNames[kind]) });
  return userId;
}

async function confirmInSession(caller: Caller, totp: string | undefined): Promise<string> {
  const { ctx } = caller;
  const actor = actorOf((await freshSessionOf(caller)).session);
  const answer = { code: codeIn(totp) };
  await confirmEnrolment(ctx, { actor, kind, answer, label: "", defaultLabel: say(ctx.language, kindNames[kind]) });
  return actor.userId;
}

function codeIn(totp: string | undefined): string {
  if (totp === undefined) throw new DomainError("wire.code_missing");
  return totp;
}

export const dissociate = operation({
  name: "deleteMfaAuthenticator",
  summary:
    "Remove all authenticator apps; having none is no error. Needs a fresh login. Where they are the last strong factor it waits, so that their owner can stop it: until then the list still has them.",
  needs: "userToken",
  output: z.undefined(),
  input: z.unknown(),
  refuses: [apiCodes.proofNeeded, apiCodes.forbiddenByPolicy],
  act: async (caller) => {
    const { ctx } = caller;
    const actor = actorOf((await freshSessionOf(caller)).session);
    if ((await listActiveOfKind(ctx, actor.userId, kind)).length > 0) {
      const asked = await askToRemoveAllOfKind(ctx, { actor, kind });
      if (!asked.done) return done("wire.totp_waits"); // an app knows no device, so the last strong factor always waits
    }
    await cancelEnrolment(ctx, { actor, kind }); // last: where policy keeps what is bound, it keeps what was begun too
    return done("wire.totp_unbound");
  },
});
