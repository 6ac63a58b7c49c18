import { beginProofInput, confirmProofInput } from "@/lib/account/contacts/schema";
import { profileInput } from "@/lib/account/profile/schema";
import { changePasswordInput, welcomeInput } from "@/lib/account/schema";
import { bearerOf } from "@/lib/api/bearer";
import { readDocument } from "@/lib/api/document";
import { fullNumber } from "@/lib/api/full-number";
import { answerInput, confirmAtLoginInput, startInput } from "@/lib/challenge/schema";
import { deviceOf } from "@/lib/context/device-name";
import { looksEncrypted } from "@/lib/crypto/rsa-password";
import { answered } from "@/lib/delivery/reason";
import { readLabel } from "@/lib/factors/label";
import { canonicalCode } from "@/lib/factors/recovery/codes";
import { strategies } from "@/lib/factors/registry";
import { beginInput, confirmInput, isFactorId } from "@/lib/factors/schema";
import { readAddress } from "@/lib/kernel/address";
import { rangesOf } from "@/lib/kernel/address-range";
import { normaliseIdentifier } from "@/lib/kernel/identifier";
import { networksOf } from "@/lib/kernel/networks";
import { inOneLine } from "@/lib/letters/verdict";
import { alarmHash } from "@/lib/links/alarm-link";
import { linkHash } from "@/lib/links/link";
import { logInInput } from "@/lib/login/schema";
import { chooseLanguage, languageOfClient } from "@/lib/messages/choose-language";
import { setPasswordInput, vetoInput, vetoLinkInput } from "@/lib/pending/schema";
import { vetoHash } from "@/lib/pending/veto-link";
import { askInput, registerInput } from "@/lib/registration/schema";
import { chooseCoding } from "@/lib/serve/accept-encoding";
import { actionsNamedIn, isActionCall } from "@/lib/serve/action-shape";
import { clientAddress } from "@/lib/serve/client-address";
import { shapeOfForm } from "@/lib/serve/form-shape";
import { addressOf, turnedAway } from "@/lib/serve/incoming";
import { ownAnswer } from "@/lib/serve/own-answer";
import { originForm } from "@/lib/serve/request-target";
import { shapesOf } from "@/lib/serve/route-shape";
import { isReadableState } from "@/lib/serve/router-state";
import { readDeviceCookie } from "@/lib/sessions/devices/device-cookie";
import { setupInput } from "@/lib/setup/schema";
import type { Reader } from "@/lib/testing/hostile/growth";
import { passkeyReaders } from "@/lib/testing/hostile/passkey-readers";
import { readName, readPhoto } from "@/lib/users/called-as";
import { readEmail, readMailbox, readUsername } from "@/lib/users/contact-rules";
import { loginIdentifier } from "@/lib/users/login-identifier";
import { checkNewPassword } from "@/lib/users/password-rules";
import { phoneForm, readPhone } from "@/lib/users/phone-number";
import { newAnswer } from "@/lib/web/answer-status";
import { readApiBody } from "@/lib/web/api-body";
import { askedInAddress } from "@/lib/web/asked-in-address";
import { returnTo } from "@/lib/web/return-to";
import { isApiPath, isForApi, refusal, straightened } from "@/lib/web/same-origin";
import { requestId, visitor } from "@/lib/web/visitor";

const appUrl = "https://login.example.test";
const relyingParty = { id: "login.example.test", formerIds: ["former.test"] };
const address = addressOf({ appUrl, isLoopback: false, port: 3000, relyingParty });
const owner = { email: "ada@example.test", username: "ada", isAdmin: true, policy: null };
const kinds = ["totp", "sms", "email", "recovery", "password"] as const;
const brand = { name: "Sallyport", accent: "#1d5b79", accentOnDark: "#1d5b79", support: null };

/** The head of a request: every header says the same. */
const everyHeader = (text: string) => ({ get: () => text, header: () => text });

/** What the serving entry does with a request before anything is known about it. */
const entry: readonly Reader[] = [
  { name: "the address of a request", read: (url) => turnedAway(arrival({ url }), address) },
  { name: "Host", read: (host) => turnedAway(arrival({ host }), address) },
  { name: "Accept-Encoding", read: (header) => chooseCoding(header, ["br", "gzip", "identity"]) },
  { name: "a whole address for a path", read: (target) => originForm(target, "login.example.test") },
  { name: "a path with two slashes", read: straightened },
  { name: "what a query asks for", read: askedInAddress },
  { name: "a path of the API", read: (path) => [isApiPath(path), isForApi(path)] },
  { name: "the route of a path", read: shapesOf(["/", "/login", "/welcome/[token]", "/challenge/[factor]"]) },
  {
    name: "Origin and Content-Type",
    read: (text) => refusal({ method: "POST", path: text, header: () => text }, appUrl),
  },
  {
    name: "Content-Type, with our Origin",
    read: (text) =>
      refusal({ method: "POST", path: "/", header: (name) => (name === "origin" ? appUrl : text) }, appUrl),
  },
  {
    name: "X-Forwarded-For",
    read: (forwardedFor) =>
      clientAddress({ peer: "127.0.0.1", forwardedFor, trusted: rangesOf(["127.0.0.1", "192.0.2.0/24"]) }),
  },
  { name: "an address", read: readAddress },
  { name: "the networks of an address", read: networksOf },
  { name: "User-Agent and X-Request-Id", read: (text) => [visitor(everyHeader(text)), requestId(everyHeader(text))] },
  { name: "the name of a browser", read: deviceOf },
  {
    name: "Accept-Language",
    read: (text) => [chooseLanguage({ cookie: text, acceptLanguage: text, fallback: "en" }), languageOfClient(text)],
  },
  {
    name: "Cookie, on a page of an error",
    read: (cookie) =>
      ownAnswer(
        {
          req: { url: "/", headers: { cookie, accept: "text/html" } },
          answer: newAnswer("a"),
          house: { appUrl, isHttps: true, brand, defaultLanguage: "en" },
        },
        404,
      ),
  },
  {
    name: "the frame of a multipart body",
    read: (text) =>
      shapeOfForm({ "content-type": `multipart/form-data; boundary=${"b".repeat(30)}` }, Buffer.from(text)),
  },
  {
    name: "the arguments of an action",
    read: (content) => [isActionCall([field("0", content)]), actionsNamedIn(boundForm(content))],
  },
  { name: "the names of fields", read: (text) => actionsNamedIn([field(text, text), field(`$ACTION_${text}`, "")]) },
  {
    name: "where a page's script believes to be",
    read: (text) => isReadableState({ "next-router-state-tree": text.replace(/[^ -~]/g, "%5B") }),
  },
  {
    name: "the boundary of a multipart body",
    read: (text) =>
      shapeOfForm({ "content-type": `multipart/form-data; boundary=${text}`, "next-action": text }, Buffer.from("")),
  },
];

/** What pages and actions read of a form, a link or an address. */
const pages: readonly Reader[] = [
  { name: "a return address", read: returnTo },
  {
    name: "the form of the login",
    read: (text) => logInInput.safeParse({ identifier: text, password: text, returnTo: text }),
  },
  {
    name: "the form of a new password",
    read: (text) => changePasswordInput.safeParse({ current: text, password: text }),
  },
  {
    name: "the form of the first account",
    read: (text) => setupInput.safeParse({ link: text, email: text, username: text, password: text }),
  },
  {
    name: "the form of an invitation",
    read: (text) => welcomeInput.safeParse({ link: text, username: text, password: text }),
  },
  {
    name: "the forms of what waits",
    read: (text) => [
      vetoInput.safeParse({ changeId: text }),
      vetoLinkInput.safeParse({ link: text }),
      setPasswordInput.safeParse({ username: text, password: text }),
    ],
  },
  { name: "the question for an account", read: (text) => askInput.safeParse({ email: text }) },
  {
    name: "the form of a registration",
    read: (text) => registerInput.safeParse({ link: text, username: text, password: text }),
  },
  { name: "the form of a step-up", read: (text) => startInput.safeParse({ for: text, returnTo: text }) },
  {
    name: "the form of a second step",
    read: (text) => answerInput.safeParse({ kind: "totp", code: text, [text]: text }),
  },
  {
    name: "the forms of contacts",
    read: (text) => [
      beginProofInput.safeParse({ purpose: "login", destination: text }),
      confirmProofInput.safeParse({ purpose: text, code: text }),
      profileInput.safeParse({ name: text, nickname: text, photo: text }),
    ],
  },
  {
    name: "the form that binds",
    read: (text) =>
      [beginInput, confirmInput, confirmAtLoginInput].map((input) =>
        input.safeParse({ kind: "totp", label: text, code: text, replaces: text }),
      ),
  },
  { name: "the name of a factor", read: isFactorId },
  { name: "a login name", read: loginIdentifier },
  { name: "the one form of a name", read: normaliseIdentifier },
  { name: "an e-mail address", read: readEmail },
  { name: "an address for codes", read: readMailbox },
  { name: "a user name", read: readUsername },
  { name: "what somebody is called", read: (text) => readName(text, "name") },
  { name: "the address of a picture", read: readPhoto },
  { name: "a phone number", read: (text) => readPhone(text, { countries: ["US"], region: "US" }) },
  { name: "what may be a phone number", read: (text) => phoneForm(text, "US") },
  { name: "a password to be chosen", read: (text) => checkNewPassword(text, owner, new Date("2026-01-01")) },
  { name: "a label", read: (text) => readLabel(text, "Phone") },
  { name: "a recovery code", read: canonicalCode },
  ...kinds.map((kind) => ({
    name: `an answer by ${kind}`,
    read: (code: string) => strategies[kind].readAnswer({ code, password: code, to: code }),
  })),
  { name: "the cookie of known devices", read: readDeviceCookie },
  {
    name: "links",
    read: (text) => [
      linkHash(text, "setup"),
      linkHash(text, "invitation"),
      linkHash(text, "registration"),
      linkHash(text, "reset"),
      linkHash(text, "revert"),
      alarmHash(text),
      vetoHash(text),
    ],
  },
];

/** What the API for apps reads, and what providers answer. */
const api: readonly Reader[] = [
  { name: "Authorization", read: bearerOf },
  { name: "a GraphQL document", read: readDocument },
  {
    name: "a JSON body",
    read: (body) =>
      readApiBody(
        new Request(`${appUrl}/graphql/v2`, { method: "POST", body, headers: { "content-type": "application/json" } }),
      ),
  },
  { name: "a password that may be encrypted", read: looksEncrypted },
  { name: "a number and its country", read: (text) => fullNumber(text, text) },
  { name: "the words of a provider", read: (text) => inOneLine(answered("The gateway", 500, text)) },
];

/** Every reader of the house that a stranger's text reaches, as far as it reads by a rule of ours. */
export const readers: readonly Reader[] = [...entry, ...pages, ...passkeyReaders, ...api];

const field = (name: string, content: string) => ({ name, content, isPlain: true });
const boundForm = (content: string) =>
  ["$ACTION_REF_1", "$ACTION_1:0", "$ACTION_1:1"].map((name) => field(name, content));

const arrival = ({ url = "/", host = address.host }) => ({ method: "GET", url, headers: { host }, hostLines: 1 });
