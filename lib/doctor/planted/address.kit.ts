import { certificate } from "@/lib/doctor/planted/broken-ways.kit";
import { forwarding, type Planting } from "@/lib/doctor/planted/planted.kit";
import { days } from "@/lib/kernel/duration";

export const addressFaults: Planting = {
  "a proxy in front that no setting names": {
    id: "settings.trusts_nobody",
    level: "warning",
    what: /TRUSTED_PROXIES names none/,
    cure: /Set TRUSTED_PROXIES/,
    plant: (house) => house.set({ APP_URL: "https://127.0.0.1:2" }),
    beside: ["address.unreachable"],
  },
  "an address that cannot be reached from here": {
    id: "address.unreachable",
    level: "hint",
    what: /cannot be reached from this machine \(ECONNREFUSED\)/,
    cure: /browser elsewhere/,
    plant: (house) => house.set({ APP_URL: "http://127.0.0.1:2" }),
  },
  "a certificate that has expired": {
    id: "address.certificate_expired",
    level: "fault",
    what: /certificate of APP_URL has expired/,
    cure: /Renew it at the proxy/,
    ...certificate(days(-1)),
  },
  "a certificate that this machine does not know": {
    id: "address.certificate",
    level: "warning",
    what: /does not trust what answers at APP_URL by TLS \(DEPTH_ZERO_SELF_SIGNED_CERT\)/,
    cure: /NODE_EXTRA_CA_CERTS=FILE/,
    ...certificate(days(30)),
  },
  "a proxy that does not pass the visitor's Host on": {
    id: "address.host",
    level: "fault",
    what: /421/,
    cure: /visitor's Host/,
    plant: (house) =>
      house.stand((req, res, portal) => {
        req.headers.host = "inside.example.test";
        portal(req, res);
      }),
  },
  "an address that leads elsewhere": {
    id: "address.redirected",
    level: "fault",
    what: /\(301\): to another origin/,
    cure: /Set APP_URL/,
    plant: (house) => house.stand((_, res) => void res.writeHead(301, { location: "https://www.example.test/" }).end()),
  },
  "a proxy that finds no portal": {
    id: "address.no_portal_behind",
    level: "fault",
    what: /does not reach the portal \(502\)/,
    cure: /HOST and PORT/,
    plant: (house) => house.stand((_, res) => void res.writeHead(502).end()),
  },
  "another program at the address": {
    id: "address.somebody_else",
    level: "warning",
    what: /not this portal with these keys/,
    cure: /well-known/,
    plant: (house) => house.stand((_, res) => void res.end("<h1>It works!</h1>")),
  },
  "a proxy that is not trusted": {
    id: "proxy.untrusted",
    level: "fault",
    what: /is not named by TRUSTED_PROXIES/,
    cure: /^Set TRUSTED_PROXIES=/,
    plant: (house) => house.stand(forwarding("203.0.113.7")),
  },
  "a proxy that names nobody": {
    id: "proxy.missing",
    level: "fault",
    what: /sends no X-Forwarded-For/,
    cure: /visitor's address/,
    plant: (house) => house.set({ TRUSTED_PROXIES: "127.0.0.1,::1" }),
  },
  "a proxy that writes no address": {
    id: "proxy.unreadable",
    level: "fault",
    what: /ends in no IP address/,
    cure: /visitor's address/,
    plant: (house) => {
      house.set({ TRUSTED_PROXIES: "127.0.0.1,::1" });
      house.stand(forwarding("unknown"));
    },
  },
  "a whole network that is trusted": {
    id: "proxy.only_trusted",
    level: "warning",
    what: /call themselves any address/,
    cure: /Name the proxies alone/,
    plant: (house) => {
      house.set({ TRUSTED_PROXIES: "127.0.0.1,::1,10.0.0.0/8" });
      house.stand(forwarding("10.1.2.3"));
    },
  },
};
