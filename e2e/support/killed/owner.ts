import { codeNow } from "@/e2e/support/authenticator";
import { type House, letCodesBeFresh } from "@/e2e/support/house";
import { alertsIn, filled, formIn, type Got } from "@/e2e/support/http";
import { enter, live, type Person, type Scene } from "@/e2e/support/killed/life";
import { leadsTo, newVisitor, type Visitor } from "@/e2e/support/killed/visitor";

/** What an owner does beside logging in. */
export const deeds = ["bind", "password", "recovery"] as const;
type Deed = (typeof deeds)[number];
export type Owner = { readonly person: Person; readonly deed: Deed };

/** What somebody did while portals were killed. `untold`: why they were not told that it is done, so that it may be done or not; null: they were. */
export type Done = {
  readonly person: Person;
  readonly deed: Deed;
  readonly untold: string | null;
  /** Of the app that was bound, or the password that was chosen; null: the form was never sent. */
  readonly given: string | null;
};

/** Logs in, by a recovery code where that is the deed, and does it. Null: this person did not get in. */
export async function liveAsOwner(scene: Scene, { person, deed }: Owner): Promise<Done | null> {
  const promised = await live(scene, person, deed === "recovery" ? "recovery" : "totp");
  if (promised === null) return null;
  if (deed === "recovery") {
    const untold = promised.way === "recovery" ? null : "sent away, and let in by the app at the second go";
    return { person, deed, untold, given: person.codes[0] ?? null };
  }
  const done = await (deed === "bind" ? bindApp : changePassword)(scene, promised.visitor, person);
  return { person, deed, ...done };
}

type Outcome = Pick<Done, "untold" | "given">;

async function bindApp(scene: Scene, visitor: Visitor): Promise<Outcome> {
  const [choice, path] = ["/security/factors/new", "/security/factors/new/totp"];
  const begin = await visitor.open(choice);
  if (!has(begin, 'value="totp"')) return notAsked(scene, begin);
  await visitor.submit(choice, formIn(begin.body, 'value="totp"'));
  const page = await visitor.open(path);
  const given = page?.body.match(/secret=([A-Z2-7]+)/)?.[1] ?? null;
  if (given === null || !has(page, 'name="code"')) return notAsked(scene, page);
  const answered = await visitor.submit(path, filled(formIn(page.body, 'name="code"'), { code: codeNow(given) }));
  return { untold: whyUntold(scene, answered, "bound"), given };
}

async function changePassword(scene: Scene, visitor: Visitor, { password: current }: Person): Promise<Outcome> {
  const path = "/security/password";
  const page = await visitor.open(path);
  if (!has(page, 'name="current"')) return notAsked(scene, page);
  const given = `${current} and another word`;
  const form = filled(formIn(page.body, 'name="current"'), { current, password: given });
  return { untold: whyUntold(scene, await visitor.submit(path, form), "password"), given };
}

const has = (page: Got | null, mark: string): page is Got => page?.body.includes(mark) === true;

/** The form was never sent. */
const notAsked = ({ portals }: Scene, got: Got | null): Outcome => ({
  untold: `no form to fill in: ${inWords(got, portals.url)}`,
  given: null,
});

const whyUntold = ({ portals }: Scene, got: Got | null, what: string): string | null =>
  got !== null && leadsTo(got, portals.url)?.startsWith(`/security?done=${what}`) === true
    ? null
    : `the form was sent: ${inWords(got, portals.url)}`;

/** Where an answer leads, or what its page says, as short as a line wants it. */
function inWords(got: Got | null, url: string): string {
  if (got === null) return "no answer, twice";
  return leadsTo(got, url) ?? (alertsIn(got.body) || `a page with ${got.status}`);
}

/** What of it is not as its owner was told: each logs in once more with what counts now, and what is spent lets nobody in. */
export async function notKept(house: House, scene: Scene, done: readonly Done[]): Promise<string[]> {
  const wrong: string[] = [];
  for (const one of done) {
    await letCodesBeFresh(house, one.person);
    const why = await judge(scene, one);
    if (why !== null) wrong.push(why);
  }
  return wrong;
}

async function judge(scene: Scene, { person, deed, untold, given }: Done): Promise<string | null> {
  const isIn = async (who: Person, way: "totp" | "recovery" = "totp") =>
    (await enter(scene, newVisitor(scene.portals.url, scene.tally), who, { way, steps: 0 })).kind === "in";
  const isTold = untold === null;
  if (deed === "recovery") {
    if (isTold && (await isIn(person, "recovery"))) return "A recovery code that had let somebody in did so again.";
    return (await isIn(person)) ? null : "Somebody who used a recovery code is not let in by their app.";
  }
  const changed = deed === "bind" ? { ...person, secrets: [given ?? ""] } : { ...person, password: given ?? "" };
  if (isTold) return (await isIn(changed)) ? null : `What was told to be done is not (${deed}).`;
  if (await isIn(person)) return null;
  return given !== null && (await isIn(changed))
    ? null
    : `Neither what was before nor what was asked for lets in (${deed}).`;
}
