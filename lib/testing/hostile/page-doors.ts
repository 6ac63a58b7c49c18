import { callers } from "@/lib/testing/hostile/callers";
import { type Door, mixed, type Place } from "@/lib/testing/hostile/door";
import { forNobody, goodForms, oddForms, textForms } from "@/lib/testing/hostile/form-bodies";
import { hostileEnds, hostileHeaders } from "@/lib/testing/hostile/heads";
import type { Shot } from "@/lib/testing/hostile/waiting";

const plainEnd = "plain".repeat(1_500);
const seen = { accept: "text/html" } as const;

/** A page or a route: its address with ends that nobody writes, and forms that are posted there and call nothing. `address`: "/welcome/[token]". */
export function pageDoor({ url }: Place, address: string): Door {
  const open: Door["open"] = async (ctx) => {
    const { cookie } = await callers[callerAt(address)](ctx);
    const headers = { ...seen, cookie, origin: url, "sec-fetch-site": "same-origin" };
    const look = (end: string, name: string): readonly Shot[] =>
      addressesWith(address, end).map((path) => ({ name, method: "GET", path, headers, body: null }));
    const post = ({ name, type, bytes }: ReturnType<typeof oddForms>[number]): Shot => ({
      name,
      method: "POST",
      path: filled(address, "x"),
      body: bytes,
      headers: { ...headers, "content-type": type },
    });
    return {
      good: mixed([look(plainEnd, "good"), [textForms.good, ...goodForms(forNobody, {})].map(post)]),
      hostile: mixed([
        hostileEnds().flatMap(({ name, end }) => look(end, name)),
        [...textForms.hostile, ...oddForms()].map(post),
      ]),
    };
  };
  return { name: `page ${address}`, open };
}

/** Who has something to see there. */
function callerAt(address: string): keyof typeof callers {
  if (address.startsWith("/security")) return "inside";
  if (address.startsWith("/enrol")) return "owing a factor";
  return address.startsWith("/challenge") ? "between doors" : "stranger";
}

const filled = (address: string, value: string) => address.replace(/\[[\w.]+\]/g, () => value);

/** The end as a query, as the value of one, and in the place of the parameters. */
const addressesWith = (address: string, end: string): readonly string[] => [
  `${filled(address, "x")}?${end}`,
  `${filled(address, "x")}?returnTo=${end.replaceAll("&", "%26")}`,
  ...(address.includes("[") ? [filled(address, end.replaceAll("?", "%3f"))] : []),
];

/** Headers of a GET. */
export const headerDoor = (name: string, path: string): Door => ({
  name,
  open: async () => {
    const look = (of: string, headers: Shot["headers"]): Shot => ({
      name: of,
      method: "GET",
      path,
      body: null,
      headers: { ...seen, ...headers },
    });
    return {
      good: [look("good", { cookie: `theme=${"dark".repeat(3_500)}` })],
      hostile: hostileHeaders().map(({ name: of, headers }) => look(of, headers)),
    };
  },
});

/** Addresses of nobody's, and of what the framework and the old service had. */
export const strayDoor: Door = {
  name: "addresses of nobody's",
  open: async () => {
    const look = (path: string, name: string): Shot => ({ name, method: "GET", path, headers: seen, body: null });
    const places = ["/", "/_next/", "/_next/static/", "/_next/image?url=", "/_next/data/", "/.well-known/", "/oidc/"];
    return {
      good: places.map((place) => look(`${place}${plainEnd}`, "good")),
      hostile: hostileEnds().flatMap(({ name, end }) => places.map((place) => look(`${place}${end}`, name))),
    };
  },
};

/** The port for monitoring, which reads nothing but an address. */
export const healthDoor: Door = {
  name: "the port for monitoring",
  open: async () => {
    const look = (path: string, name: string): Shot => ({
      name,
      method: "GET",
      path,
      headers: seen,
      body: null,
      isForHealth: true,
    });
    const post = ({ name, bytes }: { name: string; bytes: Buffer }): Shot => ({
      name,
      method: "POST",
      path: "/readyz",
      headers: seen,
      body: bytes,
      isForHealth: true,
    });
    return {
      good: [look(`/readyz?${plainEnd}`, "good"), post(textForms.good)],
      hostile: mixed([
        hostileEnds().flatMap(({ name, end }) => [look(`/${end}`, name), look(`/readyz?${end}`, name)]),
        [...textForms.hostile, ...oddForms()].map(post),
      ]),
    };
  },
};
