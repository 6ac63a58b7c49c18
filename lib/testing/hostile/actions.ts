/** Who calls an action: what the browser brings, and what it can name. */
export type CallerKind = "stranger" | "invited" | "between doors" | "owing a factor" | "inside";

/** Where an action is called, by whom, and what an ordinary form says: nothing that ends what the others of the same door need. */
export type ActionOfTheHouse = {
  readonly at: string;
  readonly by: CallerKind;
  readonly fields: Readonly<Record<string, string>>;
  /** Another form that it reads. */
  readonly orElse?: Readonly<Record<string, string>>;
  /** It takes the form alone, or nothing: it shows no answer of its own. */
  readonly isBare?: true;
};

const noFactor = "no-such-factor-at-all0";
const noDevice = "no-such-device-at-all0";
const code = "12345"; // no code of any kind: it is read, and costs no try

/** Every server action of the house. A test compares the names with the tree. `{link}` and `{factor}` stand for the caller's own. */
export const actions: Readonly<Record<string, ActionOfTheHouse>> = {
  logInAction: {
    at: "/login",
    by: "stranger",
    fields: { identifier: "ada", password: "x", returnTo: "/security" },
    orElse: { credential: "{}", returnTo: "/security" },
  },
  chooseLanguageAction: { at: "/login", by: "stranger", fields: { language: "en" }, isBare: true },
  chooseThemeAction: { at: "/login", by: "stranger", fields: { theme: "dark" }, isBare: true },
  completeSetupAction: {
    at: "/setup",
    by: "stranger",
    fields: { link: "x", email: "ada@example.test", username: "ada", password: "x" },
  },
  acceptInvitationAction: {
    at: "/welcome/{link}",
    by: "invited",
    fields: { link: "{link}", username: "ada", password: "short" },
  },
  askToRegisterAction: { at: "/register", by: "stranger", fields: { email: "x" } },
  registerAction: { at: "/register/x", by: "stranger", fields: { link: "x", username: "ada", password: "short" } },
  containAction: { at: "/alarm/x", by: "stranger", fields: { link: "x" } },
  askForResetAction: { at: "/forgot-password", by: "stranger", fields: { identifier: "ada" } },
  openResetAction: { at: "/reset-password/x", by: "stranger", fields: { link: "x" } },
  askForUnlockAction: { at: "/unlock", by: "stranger", fields: { identifier: "ada" } },
  typeUnlockCodeAction: { at: "/unlock/code", by: "stranger", fields: { code: "12345678" } },
  openUnlockAction: { at: "/unlock/x", by: "stranger", fields: { link: "x" } },
  setNewPasswordAction: {
    at: "/reset-password/new",
    by: "between doors",
    fields: { username: "ada", password: "short", [`remove-${noFactor}`]: "on" },
  },
  answerAction: { at: "/challenge/totp", by: "between doors", fields: { kind: "totp", code, returnTo: "/security" } },
  chooseWayAction: { at: "/challenge", by: "between doors", fields: { kind: "totp", returnTo: "/security" } },
  sendCodeAction: {
    at: "/challenge",
    by: "between doors",
    fields: { kind: "sms", factorId: noFactor, returnTo: "/security" },
  },
  startStepUpAction: {
    at: "/challenge/start",
    by: "inside",
    fields: { for: "factor.add", returnTo: "/security" },
  },
  cancelAction: { at: "/challenge", by: "between doors", fields: {}, isBare: true },
  beginAtLoginAction: {
    at: "/enrol/sms",
    by: "owing a factor",
    fields: { kind: "sms", destination: "x", returnTo: "/security" },
  },
  sendAgainAtLoginAction: {
    at: "/enrol/sms",
    by: "owing a factor",
    fields: { kind: "sms", pending: noFactor, returnTo: "/security" },
  },
  confirmAtLoginAction: {
    at: "/enrol/totp",
    by: "owing a factor",
    fields: { kind: "totp", code, label: "x", pending: noFactor, returnTo: "/security" },
  },
  keepUnaskedAction: { at: "/security", by: "inside", fields: { credential: "x" } },
  declineOfferAction: { at: "/security", by: "inside", fields: {}, isBare: true },
  logOutAction: { at: "/security", by: "inside", fields: {}, isBare: true },
  beginEnrolmentAction: {
    at: "/security/factors/new/sms",
    by: "inside",
    fields: { kind: "sms", destination: "x", replaces: noFactor },
  },
  sendAgainAction: {
    at: "/security/factors/new/sms",
    by: "inside",
    fields: { kind: "sms", pending: noFactor },
  },
  confirmEnrolmentAction: {
    at: "/security/factors/new/totp",
    by: "inside",
    fields: { kind: "totp", code, label: "x", pending: noFactor },
  },
  cancelEnrolmentAction: {
    at: "/security/factors/new/totp",
    by: "inside",
    fields: { kind: "totp", pending: noFactor },
  },
  renameFactorAction: {
    at: "/security/factors/{factor}",
    by: "inside",
    fields: { factorId: "{factor}", label: "x" },
  },
  removeFactorAction: { at: "/security/factors/{factor}/remove", by: "inside", fields: { factorId: noFactor } },
  notMeAction: { at: "/security/activity", by: "inside", fields: { session: "nobodys0" } },
  endSessionAction: { at: "/security/sessions", by: "inside", fields: { sessionId: noFactor } },
  endOthersAction: { at: "/security/sessions/others", by: "inside", fields: { x: "x" } },
  withdrawAppAction: { at: "/security/sessions", by: "inside", fields: { app: "no-such-app" } },
  forgetDeviceAction: { at: "/security/devices", by: "inside", fields: { deviceId: noFactor } },
  forgetOthersAction: { at: "/security/devices/others", by: "inside", fields: {} },
  vetoAction: { at: "/security", by: "inside", fields: { changeId: noFactor } },
  vetoByLinkAction: { at: "/veto/x", by: "stranger", fields: { link: "x" } },
  askForDataAction: { at: "/security/data", by: "inside", fields: {} },
  deleteAccountAction: { at: "/security/data/delete", by: "inside", fields: {} },
  setPasswordAction: {
    at: "/security/password/forgotten",
    by: "inside",
    fields: { username: "ada", password: "short" },
  },
  regenerateCodesAction: { at: "/security/recovery-codes/new", by: "inside", fields: {} },
  savedAction: { at: "/security/recovery-codes/once", by: "inside", fields: { shown: "x" } },
  revertAction: { at: "/revert/x", by: "stranger", fields: { link: "x" } },
  beginProofAction: {
    at: "/security/contacts/login",
    by: "inside",
    fields: { purpose: "login", destination: "x" },
  },
  sendProofAgainAction: { at: "/security/contacts/login", by: "inside", fields: { purpose: "login" } },
  confirmProofAction: { at: "/security/contacts/login", by: "inside", fields: { purpose: "login", code } },
  beginConfirmAction: { at: "/security/contacts/confirm", by: "inside", fields: {} },
  confirmOwnAction: { at: "/security/contacts/confirm", by: "inside", fields: { code } },
  removeContactAction: {
    at: "/security/contacts/remove/AAAAAAAAAAAAAAAAAAAAAA",
    by: "inside",
    fields: { id: "AAAAAAAAAAAAAAAAAAAAAA" },
  },
  removePhoneAction: { at: "/security/contacts/remove-phone", by: "inside", fields: {} },
  updateProfileAction: {
    at: "/security/profile",
    by: "inside",
    fields: { name: "Ada", nickname: "", photo: "" },
  },
  changeUsernameAction: { at: "/security/profile", by: "inside", fields: { username: "x" } },
  changePasswordAction: {
    at: "/security/password",
    by: "inside",
    fields: { username: "ada", current: "x", password: "short" },
  },
  forgetBrowserAction: { at: "/login", by: "stranger", fields: { deviceId: noDevice } },
  renameDeviceAction: { at: "/security/devices", by: "inside", fields: { deviceId: noDevice, label: "x" } },
  withdrawTrustAction: { at: "/security/devices", by: "inside", fields: { deviceId: noDevice } },
  acknowledgeSetBackAction: { at: "/security/set-back", by: "inside", fields: {} },
  lockAccountAction: { at: "/security/lock", by: "inside", fields: { sure: "x" } }, // no field is asked for, so it does nothing
};
