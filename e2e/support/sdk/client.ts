import { AuthenticationClient } from "authing-js-sdk";
import type { House } from "@/e2e/support/house";

/** `appId`: null for a client that knows only its user pool. `encrypts`: with the package's own RSA, as it does by default. */
export type ClientWishes = {
  readonly appId?: string | null;
  readonly address?: string;
  readonly encrypts?: boolean;
  /** What stands in the place of every password, as if it had been encrypted. */
  readonly cipher?: string;
  readonly lang?: "en-US" | "zh-CN";
  readonly token?: string;
  readonly appHost?: string;
  /** The older option, in the place of `appHost`. */
  readonly isHostOnly?: boolean;
  /** A handler that does not throw, as some apps have one. */
  readonly onError?: (code: number, message: string, data?: unknown) => void;
};

/** Names of the package's headers. The one for tenants, which it leaves to its users, carries where the call seems to come from. */
const headers = {
  "userpool-id": "x-authing-userpool-id",
  "app-id": "x-authing-app-id",
  "tenant-id": "x-forwarded-for",
  "request-from": "x-authing-request-from",
  "sdk-version": "x-authing-sdk-version",
  lang: "x-authing-lang",
};

/** The two options that send passwords as they are typed; TLS protects them on their way. */
const withoutRsa = { publicKey: "unused", encryptFunction: async (password: string) => password };

/** The package from the registry, unmodified, with the options that its documentation names. */
export function sdkClient(house: Pick<House, "url">, wishes: ClientWishes): AuthenticationClient {
  const { appId = null, address, encrypts = false, lang = "en-US", token, appHost = house.url } = wishes;
  const { cipher, onError, isHostOnly = false } = wishes;
  const who = appId === null ? { appId: "", userPoolId: "a pool of before" } : { appId };
  return new AuthenticationClient({
    ...who,
    ...(isHostOnly ? { host: appHost } : { appHost }),
    lang,
    headers,
    ...(address && { tenantId: address }),
    ...(token && { token }),
    ...(onError && { onError }),
    ...(cipher && { encryptFunction: async () => cipher }),
    ...(encrypts ? {} : withoutRsa),
  });
}

/** Calls a method as the documentation writes it, where its own types would not allow that. */
export const asWritten = (owner: object, method: string, ...given: readonly unknown[]): Promise<unknown> =>
  Reflect.apply(Reflect.get(owner, method), owner, given);
