import type { FactsOf } from "@/lib/letters/facts";

const what = {
  at: "2030-01-07T09:00:00.000Z",
  ip: "203.0.113.7",
  agent: "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:147.0) Gecko/20100101 Firefox/147.0",
};
const link = "http://localhost:3000/alarm/alm_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG";

/** One letter of each kind, as long as they come. */
export const sampleFacts: FactsOf = {
  "code.login": { code: "48291375", minutes: 10 },
  "code.bind": { code: "48291375", minutes: 10 },
  "channel.test": {},
  "factor.bound": { ...what, factor: "totp", label: "Grace’s telephone", codes: 10 },
  "factor.removed": { ...what, factor: "totp", label: "Grace’s telephone" },
  "factor.closed": { ...what, factor: "totp" },
  "factors.reset": { ...what, agent: "npm run portal" },
  "recovery.generated": { ...what, count: 10 },
  "recovery.added": { ...what, left: 11 },
  "recovery.used": { ...what, left: 3 },
  "password.changed": what,
  "account.joined": what,
  "destination.shared": { ...what, destination: "sms" },
  "email.changed": { ...what, email: "g•••@example.test", agent: "npm run portal" },
  "phone.changed": { ...what, phone: "+44 ••• 123", agent: "npm run portal" },
  "device.forgotten": what,
  "device.new": { ...what, link },
  "second_step.wrong": { ...what, link },
  "password.waits": what,
  digest: { ...what, link, about: "second_step.wrong" },
  "budget.spent": { at: what.at, channel: "sms", level: "spent", limit: 500 },
  "account.secured": what,
  "account.contained": { ...what, link, who: "grace@example.test" },
};
