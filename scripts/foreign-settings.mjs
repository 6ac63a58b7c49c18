/**
 * Names in the environment by which libraries decide over what we tell them. Each was found by a search for `process.env` in what the
 * portal loads: the database driver and Prisma's client, next-auth, Next, the build tools, Twilio's client, and Node's switch that accepts
 * every certificate. Left to the machine, because only it can know: NODE_OPTIONS, NODE_EXTRA_CA_CERTS, HTTP_PROXY and its relatives, npm's.
 */
const foreign = [
  /^PG[A-Z_]+$/, // where to connect, as whom, with TLS or not, with which options
  /^NODE_PG_/, // another driver altogether
  /^(?:PRISMA_|DEBUG$)/, // another engine; every statement with its values on stderr
  /^AUTH_(?:URL|TRUST_HOST|REDIRECT_PROXY_URL|DEBUG|SECRET_\d)$/,
  /^NEXTAUTH_/,
  /^(?:NEXT_(?!SERVER_ACTIONS_ENCRYPTION_KEY(?:_FILE)?$)|__NEXT_|TURBOPACK|VERCEL)/,
  /^(?:NAPI_RS_|ESBUILD_|BROWSERSLIST)/, // another program in place of a package's own; other browsers to build for
  /^(?:TWILIO_CA_BUNDLE|RESEND_USER_AGENT|RESEND_DEBUG|NODE_TLS_REJECT_UNAUTHORIZED)$/,
];

/** True for a name that no library of ours may read. */
export const isForeign = (name) => foreign.some((pattern) => pattern.test(name));

/** An environment for a child process, without them. */
export const withoutForeign = (env) => Object.fromEntries(Object.entries(env).filter(([name]) => !isForeign(name)));

/** Takes them out of this process. Before a database client or a page is made: they read when they are made. */
export function dropForeign() {
  for (const name of Object.keys(process.env)) if (isForeign(name)) delete process.env[name];
}
