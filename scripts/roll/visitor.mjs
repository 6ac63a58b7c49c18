import { randomBytes } from "node:crypto";
import { ledTo, openBrowser } from "../bench/browser.mjs";
import { actionRequest, getRequest, nextAddress } from "../bench/request.mjs";
import { totp } from "../bench/totp.mjs";
import { codeTo } from "./mailbox.mjs";

/** Somebody at the door of `house`, on a new line for each request. Every method throws a sentence where the portal did not do what is right. */
export async function aVisitor({ portal, portals, people, actions }, person) {
  const ip = nextAddress();
  const browser = await openBrowser({ portal, ip, keepsLine: false });
  const submit = async (path, action, fields) => {
    const request = { origin: portal.origin, path, action: actions[action], fields, cookie: browser.cookie(), ip };
    const answer = await browser.send(actionRequest(request));
    const target = ledTo(answer, portal.origin);
    if (target === null) throw new Error(`${action} answered ${answer.status} and led nowhere`);
    return target;
  };
  let second = "";
  const visitor = {
    passFirstDoor: async () => {
      const door = await browser.open("/login");
      const fields = { identifier: person.email, password: people.benchPassword, returnTo: "/security" };
      second = await submit(door.path, "logInAction", fields);
      expectAt(second, "/challenge/totp");
    },
    passSecondDoor: async (looks = true) => {
      expectAt(await submit(second, "answerAction", { kind: "totp", code: totp(person.secret) }), "/security");
      if (looks) await visitor.look();
    },
    /** By the link of an invitation: chooses a password, and is led in where no second factor is asked for. */
    takeInvitation: async (token, password) => {
      const { path } = await browser.open(`/welcome/${token}`);
      expectAt(await submit(path, "acceptInvitationAction", { link: token, password }), "/security");
    },
    readSetBack: () => submit("/security/set-back", "acknowledgeSetBackAction", {}), // of whom a restore has set back
    /** Signed in: the page is shown, and not the login's. */
    look: async () => {
      const cookie = browser.cookie();
      const { status, head } = await browser.send(getRequest({ origin: portal.origin, path: "/security", cookie, ip }));
      if (status !== 200)
        throw new Error(`/security answered ${status} ${/\r\nlocation: ([^\r]+)/i.exec(head)?.[1] ?? ""}`);
    },
    ...enrolling(submit, portals),
    cookie: browser.cookie,
    close: browser.close,
  };
  return visitor;
}

function expectAt(place, path) {
  if (!place.startsWith(path)) throw new Error(`it led to ${place} and not to ${path}`);
}

/** Binds an address of theirs, by the code that comes to the mailbox of one of the portals. */
function enrolling(submit, portals) {
  const path = "/security/factors/new/email";
  let code = "";
  return {
    beginEnrolment: async () => {
      const address = `${randomBytes(6).toString("hex")}@mail.example.test`;
      expectAt(await submit(path, "beginEnrolmentAction", { kind: "email", destination: address }), path);
      code = await codeTo(portals, address);
    },
    confirmEnrolment: async () => {
      const target = await submit(path, "confirmEnrolmentAction", { kind: "email", code, label: "" });
      expectAt(target, "/security");
      if (target.startsWith("/security/factors")) throw new Error("the code was not taken");
    },
  };
}
