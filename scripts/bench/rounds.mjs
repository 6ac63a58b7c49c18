import { say } from "../say.mjs";

const clients = 16;

/** How much of everything a round measures. */
export const sizes = {
  whole: { load: 1500, crowd: 800, login: 375, visits: 200, hashes: 400 },
  quick: { load: 100, crowd: 100, login: 16, visits: 5, hashes: 40 },
};

/** What a round measures, whose it is (`blank`, `here` or `portals`: here and what is beside it), and what is asked for it. */
const steps = (size) => {
  const load = (kind, count = size.load, lines = clients) => ["load", { kind, count, clients: lines }];
  return [
    ["page", "blank", load("blankPage", 2 * size.load)],
    ["guarded", "here", load("guarded")],
    ["security", "here", load("security")],
    ["action", "blank", load("blankAction", 2 * size.load)],
    ["verify", "portals", load("verify")],
    ["api", "here", load("api")],
    ["crowd", "here", load("verify", size.crowd, 50)],
    ["login", "portals", load("login")],
    ["argon2", "here", ["argon2", { count: size.hashes }]],
    ["fullLogin", "portals", ["fullLogin", { count: size.login, clients }]],
    ["cold", "portals", ["cold", { visits: size.visits }]],
    ["challenge", "here", ["coldChallenge", { visits: 1 }]],
  ];
};

const whose = {
  blank: ({ kind }) => kind === "blank",
  here: ({ kind }) => kind === "here",
  portals: ({ kind }) => kind !== "blank",
};

/**
 * Lets the contestants take turns at every step, round by round, every other round backwards, so that noise and drift hit all alike.
 * Out: by contestant and step, what each round gave.
 */
export async function takeRounds(contestants, { rounds, isQuick }) {
  const size = isQuick ? sizes.quick : sizes.whole;
  const taken = Object.fromEntries(contestants.map(({ name }) => [name, {}]));
  for (let round = 1; round <= rounds; round += 1) {
    const begun = performance.now();
    const turn = (all) => (round % 2 === 1 ? all : all.toReversed());
    for (const [what, owner, [job, body]] of turn(steps(size)))
      for (const { name, ask } of turn(contestants.filter(whose[owner])))
        taken[name][what] = [...(taken[name][what] ?? []), await ask(job, body)];
    say(`Round ${round} of ${rounds}: ${Math.round((performance.now() - begun) / 1000)} s`);
  }
  return taken;
}

/** Stops everything, and lets each contestant start again by turns: with its database running, and this checkout's also with its own. */
export async function takeStarts(contestants, rounds) {
  const starts = Object.fromEntries(contestants.map(({ name }) => [name, []]));
  for (const { ask } of contestants) await ask("stop");
  const own = [];
  for (let n = 0; n < rounds; n += 1)
    for (const { ask } of contestants.filter(whose.here)) own.push(await ask("ownStart"));
  for (const { ask } of contestants.filter(whose.portals)) await ask("keepDatabase");
  for (let n = 0; n < rounds; n += 1)
    for (const { name, ask } of n % 2 === 0 ? contestants : contestants.toReversed())
      starts[name].push(await ask("start"));
  return { starts, own };
}

/** The same portal with few and with many people, by turns. Out: for each load and house, what each round gave. */
export async function takeGrowth({ ask }, { rounds, quick }) {
  const houses = { small: 3000, large: quick ? 6000 : 200_000 };
  const loads = ["verify", "login", "security"];
  const taken = Object.fromEntries(loads.map((kind) => [kind, { small: [], large: [] }]));
  for (const [name, people] of Object.entries(houses)) {
    say(`A portal with ${people} people…`);
    await ask("openTwin", { name, people });
  }
  const count = quick ? sizes.quick.load : sizes.whole.load;
  for (let round = 1; round <= rounds; round += 1) {
    const turn = (all) => (round % 2 === 1 ? all : all.toReversed());
    for (const kind of loads)
      for (const name of turn(Object.keys(houses)))
        taken[kind][name].push(await ask("twin", { name, kind, count, clients }));
    say(`Round ${round} of ${rounds}`);
  }
  return { houses, taken };
}

/** One steady load, minute by minute. */
export const takeSoak = ({ ask }, { minutes, quick }) =>
  ask("soak", { minutes: quick ? 1 : minutes, clients }, (minutes + 10) * 60_000);
