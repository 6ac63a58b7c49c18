import { claimLogin } from "@/lib/challenge/claim-login";
import { startLogin } from "@/lib/challenge/start-login";
import { satisfyChallenge } from "@/lib/challenge/store";
import { type Ctx, inShortTransaction } from "@/lib/context/context";
import { ensure } from "@/lib/kernel/assert";
import { earlier, minutes } from "@/lib/kernel/duration";
import { judgeTrust, type TrustVerdict } from "@/lib/sessions/devices/judge-trust";
import { recognise } from "@/lib/sessions/devices/known-device";
import { type Course, type Race, turn, word } from "@/lib/testing/races/race";
import { makePerson, withTotp } from "@/lib/testing/test-context";
import { resetAccountTries } from "@/lib/users/password/store";

/** A login in a browser with this cookie, once its password was right: what its trust was worth, whether it is in, and what the browser keeps. */
type Entered = { readonly use: TrustVerdict; readonly isIn: boolean; readonly cookie: string };

async function enter(ctx: Ctx, email: string, cookie: string): Promise<Entered> {
  const { account, trust } = await recognise(ctx, { identifier: email }, cookie);
  ensure(account, "the person has an account");
  const use = trust === null ? "asks" : await judgeTrust(ctx, { person: account, trust, cookie });
  if (use === "copied") return { use, isIn: false, cookie };
  const isTrusted = use === "skips";
  const deviceId = trust?.deviceId ?? null;
  const { pass } = await inShortTransaction(ctx, async (tx) => {
    await resetAccountTries(tx, account.id);
    return startLogin(tx, { account, amr: ["pwd"], deviceId, isTrusted, returnTo: "/security" });
  });
  if (!isTrusted) await satisfyChallenge(ctx, pass.challengeId, { state: "SATISFIED", kind: "totp", step: null });
  const opened = await claimLogin(ctx, pass, { session: null, deviceToken: cookie, trusts: !isTrusted });
  return { use, isIn: opened !== null, cookie: opened?.deviceToken ?? cookie };
}

/** So many minutes before the race: what is handed out then is another turn than now. */
const before = (ctx: Ctx, count: number): Ctx => ({ ...ctx, now: earlier(ctx.now, minutes(count)) });

/** Somebody whose browser is trusted since an hour before the race. */
async function trusted(
  ctx: Ctx,
): Promise<{ readonly userId: string; readonly email: string; readonly cookie: string }> {
  const { userId, email } = await makePerson(before(ctx, 60));
  await withTotp(before(ctx, 60), { userId, email, username: null, isAdmin: false, password: "" });
  return { userId, email, cookie: (await enter(before(ctx, 60), email, "")).cookie };
}

const devicesOf = (ctx: Ctx, course: Course) => ctx.db.device.count({ where: { userId: word(course, "userId") } });
const copiesOf = (ctx: Ctx, course: Course) =>
  ctx.db.securityEvent.count({ where: { subjectId: word(course, "userId"), name: "device.copied" } });

/** Before the race some of its answers were lost, another number each round. */
const honestRace: Race = {
  name: "one trusted browser, fifty logins at once: none is asked, none shuts it",
  winners: 50,
  prepare: async (ctx, round) => {
    const { userId, email, cookie } = await trusted(ctx);
    const jar = { cookie };
    for (let login = 0; login < round % 5; login += 1) {
      const { use, ...answer } = await enter(before(ctx, 50 - 10 * login), email, jar.cookie);
      ensure(use === "skips", "an honest browser is not asked");
      if ((login + round) % 2 === 0) jar.cookie = answer.cookie; // else it was lost
    }
    return { userId, email, cookie: jar.cookie };
  },
  attempt: async (ctx, course) => {
    const { use, isIn } = await enter(ctx, word(course, "email"), word(course, "cookie"));
    return use === "skips" && isIn;
  },
  count: async (ctx, course) => {
    const later = await enter(ctx, word(course, "email"), word(course, "cookie"));
    const next = await enter(ctx, word(course, "email"), later.cookie);
    return [
      ["trusted browsers", await devicesOf(ctx, course), 1],
      ["copies told", await copiesOf(ctx, course), 0],
      ["asked afterwards", [later, next].filter(({ use }) => use !== "skips").length, 0],
    ];
  },
};

/** The thief is first in every other round; both have presented the stolen turn, and hold one that follows it. */
const copyRace: Race = {
  name: "a trusted browser and its copy, each with a turn of its own, fifty at once: both are shut, once",
  prepare: async (ctx, round) => {
    const { userId, email, cookie } = await trusted(ctx);
    const branches = [
      (await enter(before(ctx, 40), email, cookie)).cookie,
      (await enter(before(ctx, 20), email, cookie)).cookie,
    ];
    ensure(branches[0] !== branches[1], "the two branches differ");
    return { userId, email, branches: round % 2 === 0 ? branches : branches.toReversed() };
  },
  attempt: async (ctx, course, index) =>
    (await enter(ctx, word(course, "email"), turn(course, "branches", index))).use === "copied",
  count: async (ctx, course) => [
    ["devices that are trusted", await trustedOf(ctx, course), 0],
    ["copies told", await copiesOf(ctx, course), 1],
  ],
};

/** Whoever comes after that passes the second step, and has a new device: trusted by nobody's branch. */
const trustedOf = async (ctx: Ctx, course: Course) => {
  const branches = ["0", "1"].map((_, index) => turn(course, "branches", index));
  const uses = await Promise.all(
    branches.map(async (cookie) => (await recognise(ctx, { identifier: word(course, "email") }, cookie)).trust),
  );
  return uses.filter((trust) => trust !== null).length;
};

export const trustRaces: readonly Race[] = [honestRace, copyRace];
