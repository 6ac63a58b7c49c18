import { isChinese, lost, sent, translate } from "/words.js";

const authing = new globalThis.Authing.AuthenticationClient({
  ...globalThis.settings, // appId, appHost
  lang: isChinese ? "zh-CN" : "en-US",
  publicKey: "unused", // passwords go as they are typed, through TLS
  encryptFunction: async (password) => password,
});

const find = (id) => document.getElementById(id);
/** What the login said that needs a second step: `mfaToken` and what is on offer. */
let second = null;

function show(step) {
  for (const id of ["login", "answer", "bind", "inside"]) find(id).hidden = id !== step;
  document.querySelector(`#${step} h1`).focus();
}

/** Whatever the portal refuses is said above the form; a login that has ended starts again. */
async function attempt(work) {
  const alert = document.querySelector('[role="alert"]');
  alert.textContent = "";
  try {
    await work();
  } catch (refusal) {
    if (refusal.code === 2021) startOver();
    alert.textContent = refusal.code > 0 ? refusal.message : lost;
  }
}

function startOver() {
  authing.tokenProvider.clearUser();
  second = null;
  show("login");
}

const byName = (name) =>
  name.includes("@") ? "loginByEmail" : /^[+\d(]/.test(name) ? "loginByPhonePassword" : "loginByUsername";

async function logIn({ name, password }) {
  try {
    enter(await authing[byName(name)](name, password));
  } catch (refusal) {
    if (refusal.code !== 1635 && refusal.code !== 1636) throw refusal;
    second = refusal.data;
    authing.setToken(second.mfaToken); // the calls that send a code and that confirm an app take it from here
    const { totpMfaEnabled, mfaPhone, mfaEmail } = second;
    if (waysHere().length === 0) {
      ask(); // a passkey works on the portal's own pages only: the message says where they are, and a recovery code works here too
      throw refusal;
    }
    await (totpMfaEnabled || mfaPhone || mfaEmail ? ask() : beginBinding());
  }
}

/** What this form can ask for, in the order to show it; "status: 0" is a passkey. */
const waysHere = () =>
  second.applicationMfa
    .filter(({ status }) => status === 1)
    .toSorted((one, other) => one.sort - other.sort)
    .map(({ mfaPolicy }) => mfaPolicy);

/** The ways that this login offers, its first one chosen; a recovery code is always one. */
function ask() {
  const offered = [...waysHere(), "RECOVERY"];
  for (const choice of document.getElementsByName("way")) {
    choice.closest("label").hidden = !offered.includes(choice.value);
    choice.checked = choice.value === offered[0];
  }
  choose();
  show("answer");
}

const wayNow = () => new FormData(find("answer")).get("way");

function choose() {
  find("send").hidden = wayNow() !== "SMS" && wayNow() !== "EMAIL";
  document.querySelector('[role="status"]').textContent = "";
}

async function send() {
  if (wayNow() === "SMS") await authing.sendSmsCode(second.mfaPhone, undefined, "mfa-verify");
  else await authing.sendEmail(second.mfaEmail, "MFA_VERIFY");
  document.querySelector('[role="status"]').textContent = sent;
}

const verify = {
  OTP: (totp, { mfaToken }) => authing.mfa.verifyTotpMfa({ mfaToken, totp }),
  SMS: (code, { mfaToken, mfaPhone: phone }) => authing.mfa.verifyAppSmsMfa({ mfaToken, code, phone }),
  EMAIL: (code, { mfaToken, mfaEmail: email }) => authing.mfa.verifyAppEmailMfa({ mfaToken, code, email }),
  RECOVERY: (recoveryCode, { mfaToken }) => authing.mfa.verifyTotpRecoveryCode({ mfaToken, recoveryCode }),
};
const answer = async ({ way, code }) => enter(await verify[way](code, second));

async function beginBinding() {
  const { mfaToken } = second;
  const begun = await authing.mfa.assosicateMfaAuthenticator({ authenticatorType: "totp", mfaToken });
  find("picture").src = begun.qrcode_data_url;
  find("secret").textContent = begun.secret;
  find("recovery").textContent = begun.recovery_code;
  show("bind");
}

/** The confirmation binds the app; the same code, once more on the same mfaToken, gives the user. */
async function bind({ code }) {
  await authing.mfa.confirmAssosicateMfaAuthenticator({ authenticatorType: "totp", totp: code });
  enter(await authing.mfa.verifyTotpMfa({ mfaToken: second.mfaToken, totp: code }));
}

function enter(user) {
  authing.setCurrentUser(user); // keeps the token: a second step does not do it by itself
  second = null;
  find("who").textContent = user.email;
  find("fresh").hidden = !user.recoveryCode;
  find("fresh").querySelector("code").textContent = user.recoveryCode ?? "";
  for (const form of document.forms) form.reset();
  show("inside");
}

const leave = () => authing.logout().finally(startOver);

translate();
for (const [id, work] of Object.entries({ login: logIn, answer, bind })) {
  find(id).addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(() => work(Object.fromEntries(new FormData(event.target))));
  });
}
for (const choice of document.getElementsByName("way")) choice.addEventListener("change", choose);
find("send").addEventListener("click", () => attempt(send));
find("leave").addEventListener("click", () => attempt(leave));
const user = await authing.getCurrentUser();
if (user) enter(user);
else startOver();
