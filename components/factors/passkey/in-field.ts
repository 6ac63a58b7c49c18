/** Sooner, and while nobody has answered it, a challenge is as good as a new one. */
const freshFor = 20_000;

/** Options of the portal's as JSON, for passkeys of its name, or of this former one; or what it said instead. */
const freshOptions = (former: string): Promise<string> =>
  fetch(`/login/passkey?of=${former}`).then((answer) => answer.text());

export type InField = ReturnType<typeof dialogueInField>;

/**
 * A passkey among what the browser offers in the field of the name (conditional mediation, WebAuthn level 3, 5.1.4): no dialogue of its own, so there is nothing to refuse, and whatever is thrown
 * means that nobody chose. It is all that the login page brings before somebody presses, so it is small. In: what sends an answer to these options. It waits from `begin` on; `renew` begins it
 * anew, unless it is fresh: one question to the portal at a time, for without a cookie two at once would be given two, and one challenge would be dead.
 */
export function dialogueInField(send: (options: string, answer: unknown) => void) {
  let own: AbortController | null | undefined;
  let asked: Promise<string> | undefined;
  let until = 0;
  const isFresh = () => performance.now() < until;
  async function renew(): Promise<void> {
    let mine = own;
    if (!mine || isFresh()) return;
    until = performance.now() + freshFor;
    try {
      if (!(await PublicKeyCredential.isConditionalMediationAvailable())) return;
      asked = freshOptions("");
      const options = await asked;
      if (!own) return;
      const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(JSON.parse(options));
      own.abort();
      mine = own = new AbortController();
      const answer = await navigator.credentials.get({ publicKey, mediation: "conditional", signal: mine.signal });
      own = null;
      send(options, answer);
    } catch {
      if (own === mine) until = 0; // nobody began it anew meanwhile
    }
  }
  return {
    renew,
    /** Makes room for a dialogue of a button's, or for good. Nothing: somebody did before. */
    end: (): unknown => {
      const ended = own;
      own?.abort();
      own = null;
      return ended;
    },
    begin: () => {
      own = new AbortController();
      until = 0;
      renew();
    },
    /** What a button asks, for passkeys of the portal's name or of this former one: the question that is under way or fresh, or a new one. */
    options: (former: string) => (!former && isFresh() && asked) || freshOptions(former),
  };
}
