import type { App } from "@/lib/apps/app";
import { inColumns } from "@/lib/cli/command";
import { config } from "@/lib/config/config";
import type { Decided } from "@/lib/operator/register-app";

const yesOrNo = (is: boolean) => (is ? "yes" : "no");
const listed = (places: readonly string[], none: string) => places.join(", ") || none;

/** What an app is allowed, line by line. */
export function appInWords(app: App): string {
  return inColumns([
    ["  id", app.id],
    ["  name", app.name],
    ["  origins", listed(app.origins, "none: no page of another origin may call for it")],
    ["  servers", listed(app.servers, "none: every call counts for the address that it comes from")],
    ["  redirect", app.redirect ?? "none"],
    ["  is told numbers and addresses", app.unmasked ? "whole" : "masked"],
    ["  demands a second factor", app.demands ? "of everybody" : "as policy says"],
    ["  default", yesOrNo(app.isDefault)],
  ]);
}

/** The app as it is now, and which one it has taken the place of the default from. */
export function decisionInWords({ app, defaultFrom }: Decided): string {
  const taken =
    defaultFrom === null ? [] : [`Calls that name no app are its from now on, and no longer ${defaultFrom}'s.`];
  return [appInWords(app), ...taken].join("\n");
}

/** What the client's constructor takes. Without RSA two options keep it from asking for a key that is not there. */
export function sdkOptions({ id }: Pick<App, "id">): Readonly<Record<string, string>> {
  const { appUrl, rsaPasswords } = config();
  return { appId: id, appHost: appUrl, ...(rsaPasswords ? {} : { publicKey: "unused" }) };
}

/** The same as a program's lines. */
export function sdkInWords(app: Pick<App, "id">): string {
  const plain = Object.entries(sdkOptions(app)).map(([name, value]) => `    ${name}: ${JSON.stringify(value)},`);
  const lines = [...plain, ...(config().rsaPasswords ? [] : ["    encryptFunction: async (password) => password,"])];
  return ["In the app:", "  new AuthenticationClient({", ...lines, "  });"].join("\n");
}
