import { isLoopbackHost } from "@/lib/config/values";
import { probeSent } from "@/lib/cookies/probe";
import { type Finding, fault, hint, warning } from "@/lib/doctor/finding";
import type { Look, Settled } from "@/lib/doctor/house";
import { lostCookies, seeProxy } from "@/lib/doctor/looks/cookies";
import { codesOf, layersOf } from "@/lib/kernel/fault-layers";
import { systemRandom } from "@/lib/kernel/random";
import { readUrl } from "@/lib/kernel/url";
import { doctorRules } from "@/lib/policy/doctor-rules";
import { type Arrived, echoPath, echoQuestion, readEcho } from "@/lib/serve/echo";

/** What came back from the public address: a status and a body, or nothing. */
type Answer = {
  readonly status: number;
  readonly location: string | null;
  readonly cookies: readonly string[];
  readonly body: string;
};

const asOne = "everybody behind it counts as one visitor, whose wrong tries keep all others waiting";

/**
 * Asks the portal by the address that people type how the question arrived: through DNS, TLS and proxy as they stand. From inside a network that address may
 * not be reachable although it is from everywhere else, so that alone is a hint.
 */
export const lookAtAddress: Look<Settled> = async ({ config, machine, settings }) => {
  if (["PORTAL_KEYS", "APP_URL"].some((name) => settings.unread.has(name))) return [];
  const nonce = systemRandom.id();
  const question = `${config.appUrl}${echoPath}${echoQuestion(nonce, machine.clock.now())}`;
  const answer = await ask(question, probeSent(config)).catch(unanswered);
  if ("id" in answer) return [answer];
  if (answer.status !== 200) return [refused(answer, config.appUrl)];
  const arrived = readEcho(nonce, answer.body);
  if (arrived === null) return [somebodyElse(answer.status)];
  return [...doubtful(arrived), ...lostCookies(arrived, answer.cookies, config)];
};

async function ask(url: string, cookie: string): Promise<Answer> {
  const patience = AbortSignal.timeout(doctorRules.ask);
  const response = await fetch(url, { redirect: "manual", headers: { cookie }, signal: patience });
  const body = (await response.text()).slice(0, 4096);
  const { status, headers } = response;
  return { status, location: headers.get("location"), cookies: headers.getSetCookie(), body };
}

function unanswered(thrown: unknown): Finding {
  const code = layersOf(thrown).flatMap(codesOf)[0] ?? "no answer in time";
  if (code === "CERT_HAS_EXPIRED")
    return fault(
      "address.certificate_expired",
      "The certificate of APP_URL has expired: browsers let nobody through.",
      "Renew it at the proxy (certbot renew, or see why Caddy could not), and reload the proxy.",
    );
  if (/CERT|SELF_SIGNED|UNABLE_TO|ALTNAME|SSL|TLS/.test(code))
    return warning(
      "address.certificate",
      `This machine does not trust what answers at APP_URL by TLS (${code}).`,
      "See in a browser whether people can; where your own authority signs, give its certificate to Node: NODE_EXTRA_CA_CERTS=FILE.",
    );
  return hint(
    "address.unreachable",
    `APP_URL cannot be reached from this machine (${code}), so how requests arrive was not looked at.`,
    "Open it in a browser elsewhere; if that works, all is well: some networks do not lead back to themselves.",
  );
}

function refused({ status, location }: Answer, appUrl: string): Finding {
  if (status === 421)
    return fault(
      "address.host",
      "The proxy does not pass on the name that the visitor typed: the portal answers 421, that is not its host.",
      `Let the proxy send the visitor's Host ${seeProxy}`,
    );
  if (status >= 300 && status < 400)
    return fault(
      "address.redirected",
      `APP_URL leads elsewhere (${status}): ${elsewhere(location, appUrl)}.`,
      "Set APP_URL to the address at which people end, or take the redirect out of the proxy.",
    );
  if (status >= 502 && status <= 504)
    return fault(
      "address.no_portal_behind",
      `The proxy at APP_URL does not reach the portal (${status}).`,
      "See whether the portal runs and whether the proxy asks at its HOST and PORT.",
    );
  return somebodyElse(status);
}

const elsewhere = (location: string | null, appUrl: string): string =>
  (location === null ? appUrl : (readUrl(location, appUrl)?.origin ?? appUrl)) !== appUrl
    ? "to another origin, where its cookies are not"
    : "the answer is not the portal's";

const somebodyElse = (status: number): Finding =>
  warning(
    "address.somebody_else",
    `Something answers at APP_URL (${status}) that is not this portal with these keys, or one of an older version.`,
    "See whether the proxy leads /.well-known/ elsewhere, whether another machine has that name, and whether the portal was restarted since PORTAL_KEYS changed.",
  );

/** Where the proxy stands on this very machine, the one who asks is the proxy's own address: rightly trusted. */
function doubtful({ peer, client, doubt }: Arrived): readonly Finding[] {
  switch (doubt) {
    case null:
      return [];
    case "untrusted":
      return [
        fault(
          "proxy.untrusted",
          `The proxy at ${peer} is not named by TRUSTED_PROXIES: ${asOne}.`,
          `Set TRUSTED_PROXIES=${peer} and start the portal again.`,
        ),
      ];
    case "missing":
      return [
        fault(
          "proxy.missing",
          `The proxy at ${peer} sends no X-Forwarded-For: ${asOne}.`,
          `Let it write the visitor's address there ${seeProxy}`,
        ),
      ];
    case "unreadable":
      return [
        fault(
          "proxy.unreadable",
          `The X-Forwarded-For of the proxy at ${peer} ends in no IP address: ${asOne}.`,
          `Let it write the visitor's address there ${seeProxy}`,
        ),
      ];
    case "only_trusted":
      if (client === peer || isLoopbackHost(client)) return [];
      return [
        warning(
          "proxy.only_trusted",
          "TRUSTED_PROXIES also names where this machine asks from: a visitor from there could call themselves any address.",
          "Name the proxies alone in TRUSTED_PROXIES, not their whole network.",
        ),
      ];
  }
}
