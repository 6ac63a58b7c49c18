import type { ServerResponse } from "node:http";
import type { Planting } from "@/lib/doctor/planted/planted.kit";

/** A proxy that does something to the lines that set cookies. */
function rewriting(res: ServerResponse, rewrite: (line: string) => readonly string[]): void {
  const passOn = res.writeHead.bind(res);
  const writeHead = (status: number, { "set-cookie": line = "", ...others }: Record<string, string>) =>
    passOn(status, { ...others, "set-cookie": [...rewrite(line)] });
  Object.assign(res, { writeHead });
}

export const cookiesFaults: Planting = {
  "a proxy that keeps a visitor's cookies to itself": {
    id: "cookies.not_passed",
    level: "fault",
    what: /does not pass a visitor's cookies on/,
    cure: /send the Cookie header as it came/,
    plant: (house) =>
      house.stand((req, res, portal) => {
        delete req.headers.cookie;
        portal(req, res);
      }),
  },
  "a proxy that takes the portal's cookies out": {
    id: "cookies.changed",
    level: "fault",
    what: /none of its name came/,
    cure: /hides or rewrites Set-Cookie/,
    plant: (house) =>
      house.stand((req, res, portal) => {
        rewriting(res, () => []);
        portal(req, res);
      }),
  },
  "a proxy that gives the portal's cookies another path": {
    id: "cookies.changed",
    level: "fault",
    what: /another Path/,
    cure: /proxy_cookie_path/,
    plant: (house) =>
      house.stand((req, res, portal) => {
        rewriting(res, (line) => [line.replace("Path=/;", "Path=/portal;")]);
        portal(req, res);
      }),
  },
  "a proxy that gives the portal's cookies to a whole domain": {
    id: "cookies.changed",
    level: "fault",
    what: /a Domain/,
    cure: /proxy_cookie_domain/,
    plant: (house) =>
      house.stand((req, res, portal) => {
        rewriting(res, (line) => [`${line}; Domain=example.test`]);
        portal(req, res);
      }),
  },
};
