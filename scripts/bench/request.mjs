/** What a portal at `origin`, which is this machine's http, calls a cookie. */
export const cookieName = (origin, kind) => `p${new URL(origin).port}-${kind}`;

/** Requests as bytes, the way a browser with scripts sends them. `origin` is APP_URL. */
export function getRequest({ origin, path, cookie = "", ip = "127.0.0.1" }) {
  return Buffer.from(
    `GET ${path} HTTP/1.1\r\nHost: ${new URL(origin).host}\r\nAccept: text/html\r\nX-Forwarded-For: ${ip}\r\n${cookie && `Cookie: ${cookie}\r\n`}\r\n`,
  );
}

const boundary = "----bench7c1d0c1d";

/** A server action's POST: `[previous state, form]` in React's reply encoding. */
export function actionRequest({ origin, path, action, fields, cookie = "", ip = "127.0.0.1" }) {
  const parts = [
    ...Object.entries(fields).map(([name, value]) => [`_1_${name}`, value]),
    ["0", '[{"status":"idle"},"$K1"]'],
  ];
  const body = `${parts.map(([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`).join("")}--${boundary}--\r\n`;
  const head = [
    `POST ${path} HTTP/1.1`,
    `Host: ${new URL(origin).host}`,
    "Accept: text/x-component",
    `Content-Type: multipart/form-data; boundary=${boundary}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    `Origin: ${origin}`,
    "Sec-Fetch-Site: same-origin",
    `Next-Action: ${action}`,
    `X-Forwarded-For: ${ip}`,
    ...(cookie ? [`Cookie: ${cookie}`] : []),
  ].join("\r\n");
  return Buffer.from(`${head}\r\n\r\n${body}`);
}

/** A call of the API for apps: JSON and a bearer. */
export function apiRequest({ origin, path, app, token, body, ip = "127.0.0.1" }) {
  const json = JSON.stringify(body);
  const head = [
    `POST ${path} HTTP/1.1`,
    `Host: ${new URL(origin).host}`,
    "Accept: application/json",
    "Content-Type: application/json",
    `Content-Length: ${Buffer.byteLength(json)}`,
    `Authorization: Bearer ${token}`,
    `x-authing-app-id: ${app}`,
    "x-authing-lang: en-US",
    `X-Forwarded-For: ${ip}`,
  ].join("\r\n");
  return Buffer.from(`${head}\r\n\r\n${json}`);
}

/** Another address for each request, as behind a proxy: the limits per address are not what is measured. */
export const address = (n) => `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`;

let addresses = 0;

/** The next of them: no two are of one network. */
export function nextAddress() {
  addresses += 257;
  return address(addresses);
}
