import { setTimeout as pause } from "node:timers/promises";
import { codeNow } from "@/e2e/support/authenticator";
import { type Resident, secretOf } from "@/e2e/support/house";
import { alertsIn, cookieIn, type Fields, filled, formIn, type Got, post } from "@/e2e/support/http";
import type { TwoPortals } from "@/e2e/support/killed/two-portals";
import { leadsTo, newVisitor, type Tally, type Visitor } from "@/e2e/support/killed/visitor";
import { say } from "@/lib/messages/say";

/** Somebody with an authenticator app and a phone. */
export type Person = Resident & { readonly phone: string };

/** Somebody who was told that they are in, and by which way. */
export type Promised = { readonly visitor: Visitor; readonly way: Way };

export type Scene = { readonly portals: TwoPortals; readonly tally: Tally };
export type Way = "totp" | "sms" | "recovery";
/** What let somebody in, byte for byte. */
export type Answer = { readonly path: string; readonly form: Fields; readonly cookie: string };
/** `told`: it ended in a sentence; its words. */
type Outcome =
  | { readonly kind: "in"; readonly answer: Answer }
  | { readonly kind: "told"; readonly words: string }
  | { readonly kind: "late" | "lost" };

/**
 * One login by this way. Where it ends in a sentence, it is begun once more, by the app with its next code, which must let them in. Out: what was promised;
 * null where a letter came late or a mistake was noted.
 */
export async function live(scene: Scene, person: Person, way: Way): Promise<Promised | null> {
  const { portals, tally } = scene;
  const visitor = newVisitor(portals.url, tally);
  const first = await enter(scene, visitor, person, { way, steps: 0 });
  if (first.kind === "in") return promised(scene, { visitor, way }, first.answer);
  if (first.kind !== "told") {
    if (first.kind === "late") tally.logins.late += 1;
    return null;
  }
  tally.logins.told += 1;
  return startOver(scene, person);
}

/** Whoever starts over is let in, by an app's code that was not typed before; where another portal was killed meanwhile, they may have to once more. */
async function startOver(scene: Scene, person: Person): Promise<Promised | null> {
  const { portals, tally } = scene;
  const { kills } = tally;
  await untilNewCode(tally, person);
  const visitor = newVisitor(portals.url, tally);
  const outcome = await enter(scene, visitor, person, { way: "totp", steps: 1 });
  if (outcome.kind === "in") return promised(scene, { visitor, way: "totp" }, outcome.answer);
  if (outcome.kind !== "told") return null;
  if (tally.kills > kills) return startOver(scene, person);
  tally.mistakes.push(`Starting over did not let in: ${outcome.words}`);
  return null;
}

/** Waits until the app's next code is one that this person has not typed yet: half a minute at most. */
async function untilNewCode({ typed }: Tally, person: Person): Promise<void> {
  const before = typed.get(person.userId);
  while (before?.has(codeNow(secretOf(person), 1))) await pause(500);
}

async function promised(scene: Scene, told: Promised, answer: Answer): Promise<Promised> {
  scene.tally.logins.in += 1;
  await sendAgain(scene, answer);
  return told;
}

/** The very answer once more, past the proxy, at each portal that is there: it lets nobody in. */
async function sendAgain({ portals, tally }: Scene, { path, form, cookie }: Answer): Promise<void> {
  const headers = { origin: portals.url, host: new URL(portals.url).host, cookie };
  for (const own of portals.own) {
    const got = await post(own, path, form, headers).catch(() => null); // killed just now
    if (got !== null && cookieIn(got, "session")) tally.mistakes.push("A code was accepted twice.");
  }
}

/** Notes that somebody types a code. */
function types({ typed }: Tally, { userId }: Person, code: string): string {
  typed.set(userId, (typed.get(userId) ?? new Set()).add(code));
  return code;
}

type Asked = { readonly way: Way; readonly steps: number };

/** One login, without a second go. `steps`: how many codes after the present one the app shows. */
export async function enter(scene: Scene, visitor: Visitor, person: Person, { way, steps }: Asked): Promise<Outcome> {
  const { url } = scene.portals;
  const login = await visitor.open("/login");
  if (login === null) return { kind: "lost" };
  const password = filled(formIn(login.body, 'name="identifier"'), {
    identifier: person.email,
    password: person.password,
  });
  const passed = await visitor.submit("/login", password);
  if (passed === null) return { kind: "lost" };
  if (leadsTo(passed, url)?.startsWith("/challenge") !== true) return toldBy(scene, visitor, passed);
  const path = `/challenge/${way}`;
  const page = await visitor.open(path);
  if (page === null) return { kind: "lost" };
  if (!page.body.includes('name="code"') && !page.body.includes("Send a code")) return toldBy(scene, visitor, page);
  const code = await codeOf(scene, visitor, person, { way, steps, page });
  if (code === null) return { kind: "late" };
  const asked = way === "sms" ? await visitor.open(path) : page;
  if (asked === null) return { kind: "lost" };
  if (!asked.body.includes('name="code"')) return toldBy(scene, visitor, asked);
  const form = filled(formIn(asked.body, 'name="code"'), { code: types(scene.tally, person, code) });
  const answer = { path, form, cookie: visitor.cookies() };
  const answered = await visitor.submit(path, form);
  if (answered === null) return { kind: "lost" };
  return visitor.cookie("-session") === null ? toldBy(scene, visitor, answered) : { kind: "in", answer };
}

/** What this way asks for; null where a message did not come in time. */
async function codeOf(
  scene: Scene,
  visitor: Visitor,
  person: Person,
  { way, steps, page }: Asked & { readonly page: Got },
) {
  if (way === "sms") return sentCode(scene, visitor, person, page);
  return way === "totp" ? codeNow(secretOf(person), steps) : (person.codes[0] ?? null);
}

/** Asks for a code and waits for the message. Null: it was not there in ten seconds; a portal that was killed may have had it in its hands. */
async function sentCode(
  { portals, tally }: Scene,
  visitor: Visitor,
  { phone, userId }: Person,
  page: Got,
): Promise<string | null> {
  if (page.body.includes("Send a code")) {
    const sent = await visitor.submit("/challenge/sms", formIn(page.body, "Send a code"));
    if (sent === null) return null;
  }
  for (let looks = 0; looks < 50; looks += 1) {
    const codes = (await portals.letters()).flatMap(({ to, text }) =>
      to === phone ? (text.match(/^@\S+ #(\d{6})$/m)?.[1] ?? []) : [],
    );
    const fresh = codes.find((code) => !tally.typed.get(userId)?.has(code));
    if (fresh !== undefined) return fresh;
    await pause(200);
  }
  return null;
}

/** The page of a step that is over says so in its title, and why beside it. */
const isOver = say("en", "challenge.expired_title");

/** It ended elsewhere: there must be words that say so. A way to begin again alone explains nothing: whoever is led there has been sent away in silence. */
async function toldBy({ portals, tally }: Scene, visitor: Visitor, got: Got): Promise<Outcome> {
  const path = leadsTo(got, portals.url);
  const page = path === null ? got : await visitor.open(path);
  if (page === null) return { kind: "lost" };
  const isTold = alertsIn(page.body) !== "" || page.body.includes(isOver);
  if (!isTold) tally.mistakes.push(`A login ended without a word, at ${path ?? "a page"} with ${page.status}.`);
  return { kind: "told", words: alertsIn(page.body) || isOver };
}
