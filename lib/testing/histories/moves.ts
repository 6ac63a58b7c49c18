import * as fc from "fast-check";

/** What somebody is about to do, before anybody knows in which state they do it: words that choose, and numbers that pick among what there is then. */
export type Move = { readonly do: string; readonly how: string; readonly pick: number; readonly other: number };

/** By weight: how often a move comes, and what it may be. Rare states (a last try, a closed counter, a fresh proof, a replaced factor) are sought, not hoped for. */
const kindsOfMoves: readonly (readonly [weight: number, what: string, hows: readonly string[]])[] = [
  [
    10,
    "logIn",
    ["right", "right", "right", "right", "again", "again", "again", "wrong", "old", "unknown", "after a reset"],
  ],
  [
    10,
    "answer",
    [
      "right",
      "right",
      "right",
      "right",
      "wrong",
      "replay",
      "replay",
      "replay",
      "early",
      "stale",
      "malformed",
      "foreign",
      "other kind",
    ],
  ],
  [2, "answerAll", ["wrong"]],
  [3, "touchKey", ["right", "left", "left"]],
  [4, "signIn", ["right", "right", "right", "replay", "spent", "spent", "gone", "unverified"]],
  [2, "send", ["first", "other", "foreign"]],
  [1, "leave", ["cancel", "logOut"]],
  [2, "look", ["look"]],
  [3, "stepUp", ["factor.add", "factor.remove", "recovery.regenerate", "password.change"]],
  [5, "begin", ["add", "add", "replace", "foreign"]],
  [6, "confirm", ["right", "right", "right", "wrong", "drift", "malformed", "stale"]],
  [4, "makeUnasked", ["may", "may", "may", "may", "may", "may", "any", "elsewhere"]],
  [1, "drop", ["drop", "again"]],
  [3, "remove", ["own", "own", "own", "foreign"]],
  [
    4,
    "change",
    [
      "data",
      "data",
      "password",
      "password",
      "password",
      "short",
      "delete",
      "delete",
      "veto",
      "veto",
      "foreign",
      "link",
    ],
  ],
  [3, "due", ["due"]],
  [2, "newCodes", ["newCodes"]],
  [4, "changePassword", ["right", "right", "wrong", "wrong", "same", "short"]],
  [1, "unlock", ["unlock"]],
  [2, "reset", ["reset"]],
  [3, "choosePassword", ["right", "right", "right", "short"]],
  [1, "guessPassword", ["few", "few", "here", "many"]],
  [1, "guessCode", ["few", "few", "here", "many"]],
  [5, "apiLogIn", ["right", "right", "right", "right", "right", "right", "wrong", "old", "unknown"]],
  [
    9,
    "apiAnswer",
    [
      "right",
      "right",
      "right",
      "right",
      "wrong",
      "replay",
      "replay",
      "stale",
      "early",
      "malformed",
      "foreign",
      "other kind",
      "elsewhere",
    ],
  ],
  [1, "apiSend", ["own", "own", "elsewhere"]],
  [2, "apiLook", ["look", "look", "logOut", "elsewhere"]],
  [1, "app", ["app"]],
  [6, "wait", ["deadline", "deadline", "deadline", "step", "minutes", "hour", "day"]],
  [1, "restart", ["restart"]],
];

export const moves: readonly fc.Arbitrary<Move>[] = kindsOfMoves.flatMap(([weight, what, hows]) =>
  Array.from({ length: weight }, () => moveOf(what, hows)),
);

/** A reset is several requests with a letter between them: the races play each of them at once (`lib/testing/races/reset-races.ts`). */
const inOneRequest = kindsOfMoves
  .filter(([, what]) => what !== "reset" && what !== "choosePassword")
  .flatMap(([weight, what, hows]) => Array.from({ length: weight }, () => moveOf(what, hows)));

/** Two at the very moment. */
export const pairs: fc.Arbitrary<readonly [Move, Move]> = fc.tuple(
  fc.oneof(...inOneRequest),
  fc.oneof(...inOneRequest),
);

function moveOf(what: string, hows: readonly string[]): fc.Arbitrary<Move> {
  return fc.record({
    do: fc.constant(what),
    how: fc.constantFrom(...hows),
    pick: fc.nat({ max: 59 }),
    other: fc.nat({ max: 59 }),
  });
}
