import { expect } from "vitest";
import * as z from "zod";
import { readActivity } from "@/lib/account/activity/read-activity";
import { readLetters } from "@/lib/account/activity/read-letters";
import { readContacts } from "@/lib/account/contacts/read-contacts";
import { readOverview } from "@/lib/account/read-overview";
import { answerRest } from "@/lib/api/rest";
import { findCurrentSession } from "@/lib/auth/current-session";
import type { Pass } from "@/lib/challenge/challenge";
import { claimLogin } from "@/lib/challenge/claim-login";
import { readChallenge, readPrepared } from "@/lib/challenge/read-challenge";
import type { Ctx } from "@/lib/context/context";
import { ensure } from "@/lib/kernel/assert";
import { newRegistrationLink } from "@/lib/links/registration-link";
import { askForChange, mayBeAtOnce } from "@/lib/pending/ask-for-change";
import { downloadDataKind } from "@/lib/pending/kinds/download-data";
import { mayDownloadUntil } from "@/lib/pending/may-download";
import { listOwnWaiting } from "@/lib/pending/read-changes";
import { portalClient } from "@/lib/policy/clients";
import { askToRegister } from "@/lib/registration/ask-to-register";
import { readRegistration, register } from "@/lib/registration/register";
import { askForReset } from "@/lib/resets/ask-for-reset";
import { actorOf } from "@/lib/sessions/acting-session";
import { listDevices } from "@/lib/sessions/devices/list-devices";
import { findSessionView, listApps, listSessions } from "@/lib/sessions/list-sessions";
import { answer } from "@/lib/testing/second-door";
import { type Cost, costOf } from "@/lib/testing/statements/count";
import { letterPaths } from "@/lib/testing/statements/letter-paths";
import { insiderOf, type Paths, somebody, whileOpen } from "@/lib/testing/statements/scene";
import { type House, knock, refused, wrongCode } from "@/lib/testing/story";
import { makePerson, type TestPerson } from "@/lib/testing/test-context";
import { enterIn } from "@/lib/testing/trusted-browser";
import { askForUnlock } from "@/lib/unlocks/ask-for-unlock";
import { apiRoute } from "@/lib/web/api-route";

const wrong = "login.wrong";

/** What people and apps ask for most, each by the use-cases that its door calls, in their order; the API by its own door. */
export const pathsOf = (house: House): Paths => ({
  ...passwordPaths(house),
  ...secondDoorPaths(house),
  ...pagePaths(house),
  ...registrationPaths(house),
  ...ownerPaths(house),
  ...letterPaths(house),
  ...apiPaths(house),
});

const passwordPaths = (house: House): Paths => ({
  "password: right, one factor, a stranger": async () => {
    const { ctx, person } = await somebody(house);
    return costOf(() => knock(ctx, person));
  },
  "password: right, one factor, a known device": async () => {
    const { ctx, person, deviceToken } = await somebody(house);
    return costOf(() => knock(ctx, person, { deviceToken }));
  },
  "password: right, a trusted browser, and its session": async () => {
    const { ctx, person } = await somebody(house);
    const jar = { devices: null };
    await enterIn(ctx, person, { jar, trusts: true });
    return costOf(async () => expect((await enterIn(ctx, person, { jar })).isAsked).toBe(false));
  },
  "password: right, nothing bound": async () => {
    const ctx = house.stranger();
    const person = await makePerson(ctx);
    return costOf(() => knock(ctx, person));
  },
  "password: wrong": async () => {
    const { ctx, person } = await somebody(house);
    return costOf(async () => expect(await refused(knock(ctx, person, { password: "no such thing" }))).toBe(wrong));
  },
  "password: wrong, a known device": async () => {
    const { ctx, person, deviceToken } = await somebody(house);
    const typed = { password: "no such thing", deviceToken };
    return costOf(async () => expect(await refused(knock(ctx, person, typed))).toBe(wrong));
  },
  "password: a name that nobody has": async () => {
    const { ctx, person } = await somebody(house);
    const typed = { identifier: "nobody@example.test" };
    return costOf(async () => expect(await refused(knock(ctx, person, typed))).toBe(wrong));
  },
});

const secondDoorPaths = (house: House): Paths => ({
  "second door: its page": async () => {
    const { ctx, person } = await somebody(house);
    const { pass } = await knock(ctx, person);
    return costOf(() => page(ctx, pass));
  },
  "second door: answer and claim": async () => {
    const { ctx, person, code } = await somebody(house);
    const { pass } = await knock(ctx, person);
    return costOf(async () => {
      await answer(ctx, pass, "totp", code());
      expect(await claimLogin(ctx, pass)).not.toBeNull();
    });
  },
  "second door: a wrong code": async () => {
    const { ctx, person, secret } = await somebody(house);
    const { pass } = await knock(ctx, person);
    const typed = wrongCode(secret, ctx.now);
    return costOf(async () => expect(await refused(answer(ctx, pass, "totp", typed))).toBe("totp.wrong_code"));
  },
});

const pagePaths = (house: House): Paths => ({
  "a guarded page": async () => {
    const { ctx, cookie } = await somebody(house);
    return costOf(async () => expect(await findCurrentSession(ctx, cookie)).not.toBeNull());
  },
  "the page of sessions": async () => {
    const { ctx, cookie } = await somebody(house);
    return costOf(async () => {
      const actor = await insiderOf(ctx, cookie);
      expect(await listSessions(ctx, actor, portalClient)).toHaveLength(1);
      expect((await listApps(ctx, actor.userId, null)).apps).toEqual([]);
    });
  },
  "the page of one session": async () => {
    const { ctx, cookie } = await somebody(house);
    return costOf(async () => {
      const actor = await insiderOf(ctx, cookie);
      expect(await findSessionView(ctx, actor, actor.sessionId)).toMatchObject({ isThis: true });
    });
  },
  "the page of devices": async () => {
    const { ctx, cookie } = await somebody(house);
    return costOf(async () => expect(await listDevices(ctx, await insiderOf(ctx, cookie))).toHaveLength(1));
  },
  "the page of activity": async () => {
    const { ctx, cookie } = await somebody(house);
    return costOf(async () => {
      const { userId } = await insiderOf(ctx, cookie);
      expect((await readActivity(ctx, { userId, filter: "all", before: null })).lines.length).toBeGreaterThan(1);
    });
  },
  "the letters in the activity": async () => {
    const { ctx, cookie } = await somebody(house);
    return costOf(async () => {
      const { userId } = await insiderOf(ctx, cookie);
      expect((await readLetters(ctx, { userId, before: null })).older).toBeNull();
    });
  },
  "the security page": async () => {
    const { ctx, cookie } = await somebody(house);
    return costOf(async () => {
      const session = await findCurrentSession(ctx, cookie);
      ensure(session, "it was just opened");
      expect((await readOverview(ctx, { ...actorOf(session), ...session })).factors).toHaveLength(1);
    });
  },
});

const registrationPaths = (house: House): Paths => ({
  "registration: an address that nobody has": () => asked(house, false),
  "registration: an address that somebody has": () => asked(house, true),
  "registration: its link is looked at": () => withLink(house, (ctx, token) => readRegistration(ctx, token)),
  "registration: a password is chosen": () =>
    withLink(house, (ctx, token) => register(ctx, { token, password: "nine calm otters under a bridge" })),
});

const asked = (house: House, isTaken: boolean): Promise<Cost> =>
  whileOpen(house, async () => {
    const { ctx, person } = await somebody(house);
    const email = isTaken ? person.email : `new-${person.email}`;
    return costOf(() => askToRegister(ctx, { email }));
  });

const withLink = (house: House, use: (ctx: Ctx, token: string) => Promise<unknown>): Promise<Cost> =>
  whileOpen(house, async () => {
    const { ctx, person } = await somebody(house);
    const link = await newRegistrationLink(ctx, `new-${person.email}`);
    return costOf(() => use(ctx, link.split("/register/")[1] ?? ""));
  });

const ownerPaths = (house: House): Paths => ({
  "a forgotten password: a name that nobody has": () => forgotten(house, false),
  "a forgotten password: a name that somebody has": () => forgotten(house, true),
  "a letter that ends the wait: a name that nobody has": () => unlocked(house, false),
  "a letter that ends the wait: a name that somebody has": () => unlocked(house, true),
  "the page of contacts": async () => {
    const { ctx, cookie } = await somebody(house);
    return costOf(async () => expect((await readContacts(ctx, await insiderOf(ctx, cookie)))?.further).toEqual([]));
  },
  "the page of one's data": async () => {
    const { ctx, cookie } = await somebody(house);
    return costOf(async () => {
      const actor = await insiderOf(ctx, cookie);
      expect(await mayDownloadUntil(ctx, actor)).toBeNull();
      expect(await mayBeAtOnce(ctx, actor, downloadDataKind)).toBe(false);
    });
  },
  "the banner of one change that waits": () => withWaiting(house, ["account.delete"]),
  "the banner of two changes that wait": () => withWaiting(house, ["account.delete", "data.download"]),
});

const forgotten = (house: House, isThere: boolean): Promise<Cost> =>
  whileOpen(house, async () => {
    const { ctx, person } = await somebody(house);
    const identifier = isThere ? person.email : `new-${person.email}`;
    return costOf(() => askForReset(ctx, { identifier, deviceToken: null, app: null }));
  });

const withWaiting = (house: House, kinds: readonly ("account.delete" | "data.download")[]): Promise<Cost> =>
  whileOpen(house, async () => {
    const { ctx, cookie } = await somebody(house);
    const actor = await insiderOf(ctx, cookie);
    for (const kind of kinds) await askForChange(ctx, actor, kind, {});
    return costOf(async () => expect(await listOwnWaiting(ctx, actor)).toHaveLength(kinds.length));
  });

const unlocked = (house: House, isThere: boolean): Promise<Cost> =>
  whileOpen(house, async () => {
    const { ctx, person } = await somebody(house);
    return costOf(() => askForUnlock(ctx, { identifier: isThere ? person.email : `new-${person.email}` }));
  });

const apiPaths = (house: House): Paths => ({
  "api: login, one factor": async () => {
    const { ctx, person } = await somebody(house);
    return costOf(async () => expect(await logIn(ctx, person)).toMatchObject({ code: 1635 }));
  },
  "api: login, nothing bound": async () => {
    const { ctx } = await somebody(house);
    const person = await makePerson(ctx);
    return costOf(async () => expect(await logIn(ctx, person)).toMatchObject({ code: 200 }));
  },
  "api: verify": async () => {
    const { ctx, person, code } = await somebody(house);
    const { data } = await logIn(ctx, person);
    const typed = { totp: code() };
    return costOf(async () =>
      expect(await call(ctx, "mfa/totp/verify", typed, data.mfaToken)).toMatchObject({ code: 200 }),
    );
  },
});

const restDoor = apiRoute({
  answer: (caller, given, { method, url }) =>
    answerRest(caller, { method, path: new URL(url).pathname.slice("/api/v2/".length), given }),
  failed: (envelope) => envelope,
});

const replyShape = z.object({ code: z.number(), data: z.object({ mfaToken: z.string().default("") }) });

async function call(ctx: Ctx, path: string, body: object, bearer?: string) {
  const headers = { "content-type": "application/json", "x-authing-app-id": "shop", "x-forwarded-for": ctx.visitor.ip };
  const request = new Request(`http://localhost:3000/api/v2/${path}`, {
    method: "POST",
    body: JSON.stringify(body),
    headers: bearer === undefined ? headers : { ...headers, authorization: bearer },
  });
  return replyShape.parse(await (await restDoor(request)).json());
}

const logIn = (ctx: Ctx, { email, password }: TestPerson) => call(ctx, "login/account", { account: email, password });

/** What the page of a way reads before it is drawn. */
async function page(ctx: Ctx, pass: Pass): Promise<void> {
  expect(await readChallenge(ctx, pass)).toMatchObject({ options: ["totp"] });
  await readPrepared(ctx, pass, "totp");
}
