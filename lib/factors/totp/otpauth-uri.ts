import { generateURI } from "otplib";

/**
 * The key URI that authenticator apps read (Google Authenticator key URI format): the issuer stands in the label and as a
 * parameter. `secret` is base32, 160 bits; SHA-1, six digits, 30 s, because some apps silently ignore anything else.
 */
export function otpauthUri({
  issuer,
  account,
  secret,
}: {
  readonly issuer: string;
  readonly account: string;
  readonly secret: string;
}): string {
  return generateURI({
    issuer: issuer.replaceAll(":", " "),
    label: account,
    secret,
    algorithm: "sha1",
    digits: 6,
    period: 30,
  });
}
