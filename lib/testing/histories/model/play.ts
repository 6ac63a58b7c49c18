import { changePassword, dropPending, makeCodes, unlock } from "@/lib/testing/histories/model/account";
import {
  apiAnswer,
  apiLogIn,
  apiLogOut,
  apiLook,
  apiSend,
  registerApp,
  removeApp,
} from "@/lib/testing/histories/model/api";
import {
  beginAtLogin,
  beginBinding,
  confirmAtLogin,
  confirmBinding,
  sendAgain,
  sendAgainAtLogin,
} from "@/lib/testing/histories/model/bind";
import {
  askForData,
  askForDeletion,
  askForPassword,
  lookForDue,
  removeFactor,
  veto,
  vetoByLink,
} from "@/lib/testing/histories/model/changes";
import { type Between, isOpen, nothing } from "@/lib/testing/histories/model/enter";
import { logIn } from "@/lib/testing/histories/model/first-door";
import { askForProof, enrolling, signedIn } from "@/lib/testing/histories/model/guard";
import { guessCode, guessPassword } from "@/lib/testing/histories/model/guess";
import { browserAt, personAt, touch } from "@/lib/testing/histories/model/people";
import { choosePassword, reset } from "@/lib/testing/histories/model/resets";
import { type Act, type Said, type StepUpAction, said } from "@/lib/testing/histories/model/said";
import { answer } from "@/lib/testing/histories/model/second-door";
import { send } from "@/lib/testing/histories/model/sends";
import { signIn } from "@/lib/testing/histories/model/sign-in";
import type { State } from "@/lib/testing/histories/model/state";
import { makeUnasked } from "@/lib/testing/histories/model/unasked";

type Plays = {
  readonly [Name in Act["do"]]: (state: State, act: Extract<Act, { readonly do: Name }>, between: Between) => Said;
};

const plays: Plays = {
  logIn,
  signIn,
  answer,
  send: (state, { browser, kind, factor }) => send(state, browser, kind, factor),
  cancel: (state, { browser }) => cancel(state, browser),
  logOut: (state, { browser }) => logOut(state, browser),
  look: (state, { browser }) => look(state, browser),
  stepUp: (state, { browser, action }) => stepUp(state, browser, action),
  begin: beginBinding,
  beginAtLogin,
  confirm: confirmBinding,
  confirmAtLogin,
  makeUnasked,
  drop: (state, { browser, kind }) => dropPending(state, browser, kind),
  again: sendAgain,
  againAtLogin: sendAgainAtLogin,
  remove: (state, { browser, factor }) => removeFactor(state, browser, factor),
  askForData,
  askForDeletion,
  askForPassword,
  veto,
  vetoByLink,
  due: (state, { person }) => lookForDue(state, person),
  newCodes: (state, { browser }) => makeCodes(state, browser),
  changePassword: (state, { browser, current, next }) => changePassword(state, browser, { current, next }),
  reset,
  choosePassword,
  unlock: (state, { person }) => unlock(personAt(state, person)),
  guessPassword,
  guessCode,
  apiLogIn,
  apiAnswer,
  apiSend,
  apiLook,
  apiLogOut,
  removeApp,
  registerApp,
  wait: (state, { length }) => {
    state.now += length;
    return said("waited");
  },
  restart: () => said("restarted"),
};

/**
 * What the rules answer to one act, and what becomes of the world. The letters are those of this act alone. `between`: what somebody else does in
 * the gaps of a login.
 */
export function play(state: State, act: Act, between: Between = nothing): Said {
  const one = plays[act.do] as (state: State, act: Act, between: Between) => Said;
  return one(state, act, between);
}

function cancel(state: State, at: number): Said {
  const browser = browserAt(state, at);
  touch(state, browser.session);
  const { challenge } = browser;
  if (challenge === null) return said("over");
  if (isOpen(state, personAt(state, challenge.owner), challenge)) challenge.isOver = true;
  browser.challenge = null;
  return said("cancelled");
}

function logOut(state: State, at: number): Said {
  const passed = enrolling(state, at);
  if ("refusal" in passed) return passed.refusal;
  passed.session.isOver = true;
  passed.browser.session = null;
  passed.browser.challenge = null;
  return said("out");
}

function look(state: State, at: number): Said {
  const passed = signedIn(state, at);
  return "refusal" in passed ? passed.refusal : said("seen");
}

function stepUp(state: State, at: number, action: StepUpAction): Said {
  const passed = enrolling(state, at);
  return "refusal" in passed ? passed.refusal : askForProof(state, passed, action);
}
