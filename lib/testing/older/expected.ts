/** What everybody must hear. The older version has counted five wrong passwords of strangers: with the sixth they wait a minute. */
export const expected: Readonly<Record<string, string>> = {
  "operator: session and device": "in, known",
  "plain: session and device": "in, known",
  "app: session and device": "in, known",
  "number: session and device": "in, known",
  "mailbox: session and device": "in, known",
  "shopper: session and device": "in, known",
  "shopper: user token of the app": "200",
  "app: the code of its last login": "totp.already_used",
  "app: a code from paper that was used": "recovery.wrong_code",
  "number: a message that was used": "sms.wrong_code",
  "mailbox: a mail that was used": "email.wrong_code",
  "plain: the invitation that was used": "setup.link_over",
  "between: the code that was sent": "in",
  "between: the same once more": "challenge.expired",
  "shopper: the mfaToken of the app": "200",
  "pending: the first code of an app": "bound",
  "invited: the invitation": "in",
  "warned: the link in the alarm": "open",
  "plain: the password": "in",
  "operator: the app": "in",
  "app: the app": "in",
  "app: a code from paper": "in",
  "number: a message": "in",
  "mailbox: a mail": "in",
  "warned: a stranger's next guess": "login.wrong",
  "warned: the right password, from a stranger": "throttle.too_many",
  "warned: the app, while strangers wait": "in",
  "pending: the app": "in",
  "shopper: through the app": "200",
};

export const wrongIn = (heard: Readonly<Record<string, string>>): string[] =>
  [...new Set([...Object.keys(expected), ...Object.keys(heard)])]
    .filter((what) => heard[what] !== expected[what])
    .map((what) => `${what}: ${heard[what]}, and not ${expected[what]}`);

type Counts = Readonly<Record<string, number>>;

/** Where rows lie now that lay elsewhere before. */
const parted: Readonly<Record<string, readonly string[]>> = {
  one_time_codes: ["one_time_codes", "one_time_links"],
  trusted_devices: ["devices"],
};

/** Every table has as many rows as before, or those among which they were parted have. */
export function lostIn(before: Counts, after: Counts): string[] {
  return Object.entries(before).flatMap(([name, count]) => {
    const now = before.one_time_links === undefined || name !== "one_time_codes" ? (parted[name] ?? [name]) : [name];
    const left = now.reduce((sum, each) => sum + (after[each] ?? 0), 0);
    return left === count ? [] : [`${name}: ${count} rows before, ${left} after`];
  });
}
