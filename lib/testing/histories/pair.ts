import { isDeepStrictEqual } from "node:util";
import type { AsyncCommand } from "fast-check";
import { isDue } from "@/lib/testing/histories/model/changes";
import { type Gap, gaps } from "@/lib/testing/histories/model/enter";
import { play } from "@/lib/testing/histories/model/play";
import type { Act, Said } from "@/lib/testing/histories/model/said";
import type { State } from "@/lib/testing/histories/model/state";
import { view } from "@/lib/testing/histories/model/view";
import type { Move } from "@/lib/testing/histories/moves";
import { resolve } from "@/lib/testing/histories/resolve";
import { differ, disagreement, houseOf, type Model, type Real, scene, tick } from "@/lib/testing/histories/step";

type Two = readonly [Act, Act];
type Outcome = { readonly order: string; readonly state: State; readonly heard: readonly [Said, Said] };

/**
 * Two at the very moment, each at a portal of its own. The rules allow whatever either order gives, and what the one gives who is overtaken
 * in a gap of a login (`gaps`); the history goes on with the one that happened. Only whoever is refused may hear another refusal than in that order: they may have been let further before they were overtaken.
 */
export function pairOf([one, other]: readonly [Move, Move]): AsyncCommand<Model, Real> {
  return {
    check: (model) => !model.isDone() && actsOf(model, one, other) !== null,
    run: async (model, real) => {
      tick(model, real);
      const acts = actsOf(model, one, other);
      if (acts === null) return;
      model.names += 2;
      const outcomes = ordersOf(model.state, acts);
      const heard = await Promise.all([
        houseOf(real, real.life).play(real.world, acts[0]),
        houseOf(real, real.life + 1).play(real.world, acts[1]),
      ]);
      const seen = await houseOf(real, real.life).look(real.world, null);
      real.note(`two at once: ${acts[0].do} and ${acts[1].do}`);
      model.story.push(`at once ${JSON.stringify(acts)} → ${JSON.stringify(heard)}`);
      const differences = outcomes.map((outcome) => [
        ...differAsTold(outcome.heard, heard),
        ...differ("", view(outcome.state, null), seen),
      ]);
      const happened = outcomes[differences.findIndex((all) => all.length === 0)];
      if (!happened)
        throw disagreement(
          model,
          differences.flatMap((all, at) => [`${outcomes[at]?.order}:`, ...all]),
        );
      model.state = happened.state;
    },
    toString: () =>
      `both(${one.do} ${one.how} ${one.pick} ${one.other}, ${other.do} ${other.how} ${other.pick} ${other.other})`,
  };
}

/** What changes nothing beyond its own browser and person when it is done beside something else; time stands still meanwhile. */
const alone = ["wait", "restart", "guessPassword", "guessCode", "unlock", "removeApp", "registerApp"];
/**
 * What one browser may send twice, because somebody pressed twice. Not a change of the password: who is overtaken was let in by the old one, and
 * their try is reset with the other's or stays, as it falls. Not a confirmation: who is overtaken consumes of the hour's window too.
 */
const twice = ["answer", "apiAnswer", "signIn", "remove", "send", "cancel", "logOut"];

function actsOf(model: Model, one: Move, other: Move): Two | null {
  const before = scene(model);
  const first = resolve(before, one);
  const second = resolve({ ...before, nextName: `n${model.names + 1}` }, other);
  if (!first || !second || alone.includes(first.do) || alone.includes(second.do)) return null;
  const isSameBrowser =
    ("browser" in first && "browser" in second && first.browser === second.browser) ||
    ("client" in first && "client" in second && first.client === second.client);
  const isPressedTwice = twice.includes(first.do) && isDeepStrictEqual(first, second);
  if (isSameBrowser && !isPressedTwice) return null;
  if (areFirstLogins(model.state, [first, second])) return null;
  if (!isPressedTwice && haveOneKey(first, second)) return null;
  if (!mayLeave(model.state, [first, second]) || !mayLeave(model.state, [second, first])) return null;
  return isTold(model.state, [first, second]) && isTold(model.state, [second, first]) ? [first, second] : null;
}

/**
 * Two different answers of one passkey at the very moment: the one that counts later may come first, and then the other looks like a copy, or has nothing to note. And two new challenges: which of them is whose?
 */
const haveOneKey = (one: Act, other: Act): boolean =>
  (one.do === "signIn" && other.do === "signIn") || (keyIn(one) !== null && keyIn(one) === keyIn(other));

function keyIn(act: Act): string | null {
  if (act.do === "signIn") return act.signed.key;
  return "code" in act && typeof act.code === "object" && "key" in act.code ? act.code.key : null;
}

/** Two first logins of an account at the very moment do not see each other (docs/notices.md). */
function areFirstLogins({ people, browsers, clients }: State, two: Two): boolean {
  const whose = two.map((act) => {
    if (act.do === "logIn" || act.do === "apiLogIn") return act.person;
    if (act.do === "signIn")
      return people.find(({ factors }) => factors.some(({ name }) => name === act.signed.key))?.index ?? null;
    if (act.do === "apiAnswer") return clients[act.by]?.challenge?.owner ?? null;
    const opens = act.do === "answer" || act.do === "confirmAtLogin";
    return opens ? (browsers[act.browser]?.challenge?.owner ?? null) : null;
  });
  const [one = null, other = null] = whose;
  return one !== null && one === other && people[one]?.hasEntered === false;
}

/** An account goes: beside that only its veto says anything. Whatever else somebody does to it at the very moment comes before, or finds nobody. */
function mayLeave({ people, now }: State, [one, other]: Two): boolean {
  if (one.do !== "due") return true;
  const leaves = people[one.person]?.changes.some((change) => change.kind === "account.delete" && isDue(change, now));
  return !leaves || ((other.do === "veto" || other.do === "vetoByLink") && other.person === one.person);
}

/** Not both of them may send a code or show recovery codes: nobody could tell which is whose. */
function isTold(state: State, [first, second]: Two): boolean {
  const tried = structuredClone(state);
  const marks = [marksOf(tried)];
  for (const act of [first, second]) {
    play(tried, act);
    marks.push(marksOf(tried));
  }
  const [before = [0, 0], between = [0, 0], after = [0, 0]] = marks;
  return before.every((mark, at) => mark === between[at] || between[at] === after[at]);
}

const marksOf = ({ sent, saved }: State): readonly number[] => [sent.length, saved];

/** Whatever two at once may come to. */
function ordersOf(before: State, [one, other]: Two): Outcome[] {
  const orders = [
    inOrder(before, [one, other]),
    turned(inOrder(before, [other, one])),
    ...gaps.flatMap((gap) => [overtaken(before, [one, other], gap), turned(overtaken(before, [other, one], gap))]),
  ];
  const names = [
    "in one order",
    "in the other",
    ...gaps.flatMap((gap) => [`the first overtaken ${gap}`, "the second"]),
  ];
  return orders.flatMap((found, at) => (found ? [{ ...found, order: names[at] ?? "" }] : []));
}

type Played = Omit<Outcome, "order">;

function inOrder(before: State, [first, second]: Two): Played {
  const state = structuredClone(before);
  state.letters = [];
  return { state, heard: [play(state, first), play(state, second)] };
}

/** Null where the first has no such gap: nobody comes in between. */
function overtaken(before: State, [first, second]: Two, gap: Gap): Played | null {
  const state = structuredClone(before);
  state.letters = [];
  const between: Said[] = [];
  const heard = play(state, first, (here) => here === gap && between.push(play(state, second)));
  const [other] = between;
  return other ? { state, heard: [heard, other] } : null;
}

const turned = (played: Played | null): Played | null =>
  played && { state: played.state, heard: [played.heard[1], played.heard[0]] };

/** Words that say that something was done. */
const done = [
  "in",
  "proven",
  "half",
  "answer",
  "enrol",
  "bound",
  "begun",
  "removed",
  "made",
  "changed",
  "sent",
  "out",
  "waits",
  "allowed",
  "stopped",
  "looked",
  "prove",
  "200",
  "1635",
  "1636",
];

function differAsTold(rules: readonly Said[], house: readonly Said[]): string[] {
  return rules.flatMap((expected, at) => {
    const heard = house[at];
    const isRefusal = heard !== undefined && !done.includes(expected.said) && !done.includes(heard.said);
    return isRefusal ? [] : differ(`answer ${at + 1}`, expected, heard);
  });
}
