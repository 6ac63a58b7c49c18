import { codeNow } from "@/e2e/support/authenticator";
import { type House, letCodesBeFresh } from "@/e2e/support/house";
import { filled, formIn, type Got } from "@/e2e/support/http";
import { enter, live, type Person, type Scene } from "@/e2e/support/killed/life";
import { leadsTo, newVisitor, type Visitor } from "@/e2e/support/killed/visitor";

/** What an owner does beside logging in. */
export const deeds = ["bind", "password", "recovery"] as const;
type Deed = (typeof deeds)[number];
export type Owner = { readonly person: Person; readonly deed: Deed };

/** What somebody did while portals were killed, and whether they were told that it is done; else it may be done or not. */
export type Done = {
  readonly person: Person;
  readonly deed: Deed;
  readonly isTold: boolean;
  /** Of the app that was bound, or the password that was chosen; null: the form was never sent. */
  readonly given: string | null;
};

/** Logs in, by a recovery code where that is the deed, and does it. Null: this person did not get in. */
export async function liveAsOwner(scene: Scene, { person, deed }: Owner): Promise<Done | null> {
  const promised = await live(scene, person, deed === "recovery" ? "recovery" : "totp");
  if (promised === null) return null;
  if (deed === "recovery") return { person, deed, isTold: promised.way === "recovery", given: person.codes[0] ?? null };
  const done = await (deed === "bind" ? bindApp : changePassword)(scene, promised.visitor, person);
  return { person, deed, ...done };
}

type Outcome = Pick<Done, "isTold" | "given">;
const notDone: Outcome = { isTold: false, given: null };

async function bindApp(scene: Scene, visitor: Visitor): Promise<Outcome> {
  const [choice, path] = ["/security/factors/new", "/security/factors/new/totp"];
  const begin = await visitor.open(choice);
  if (!has(begin, 'value="totp"')) return notDone;
  await visitor.submit(choice, formIn(begin.body, 'value="totp"'));
  const page = await visitor.open(path);
  const given = page?.body.match(/secret=([A-Z2-7]+)/)?.[1] ?? null;
  if (given === null || !has(page, 'name="code"')) return notDone;
  const answered = await visitor.submit(path, filled(formIn(page.body, 'name="code"'), { code: codeNow(given) }));
  return { isTold: isDone(scene, answered, "bound"), given };
}

async function changePassword(scene: Scene, visitor: Visitor, { password: current }: Person): Promise<Outcome> {
  const path = "/security/password";
  const page = await visitor.open(path);
  if (!has(page, 'name="current"')) return notDone;
  const given = `${current} and another word`;
  const form = filled(formIn(page.body, 'name="current"'), { current, password: given });
  return { isTold: isDone(scene, await visitor.submit(path, form), "password"), given };
}

const has = (page: Got | null, mark: string): page is Got => page?.body.includes(mark) === true;

const isDone = ({ portals }: Scene, got: Got | null, what: string): boolean =>
  got !== null && leadsTo(got, portals.url)?.startsWith(`/security?done=${what}`) === true;

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

async function judge(scene: Scene, { person, deed, isTold, given }: Done): Promise<string | null> {
  const isIn = async (who: Person, way: "totp" | "recovery" = "totp") =>
    (await enter(scene, newVisitor(scene.portals.url, scene.tally), who, { way, steps: 0 })).kind === "in";
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
