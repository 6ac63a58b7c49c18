import { generateURI } from "otplib";
import { totpNumbers } from "@/lib/factors/totp/numbers";
import { inSeconds } from "@/lib/kernel/duration";

/** As much as a symbol of 89 modules takes with its margin (ISO/IEC 18004, version 16, level M: 450 bytes): at three pixels each it fits a phone. */
const longest = 450;

/** Below this a name says nothing any more. */
const shortest = 8;

/**
 * The key URI that authenticator apps read (Google Authenticator key URI format): the issuer stands in the label and as a
 * parameter. `secret` is base32, 160 bits; SHA-1, six digits, 30 s, because some apps silently ignore anything else. What would make the picture
 * too fine for a camera is shortened: the account's name first, for the app shows it only, then the issuer's.
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
  const names = { issuer: [...issuer.replaceAll(":", " ")], label: [...account] };
  for (const name of ["label", "issuer"] as const) {
    while (written(names, secret).length > longest && names[name].length > shortest)
      names[name] = [...names[name].slice(0, -2), "…"];
  }
  return written(names, secret);
}

type Names = { readonly issuer: readonly string[]; readonly label: readonly string[] };

const written = ({ issuer, label }: Names, secret: string): string =>
  generateURI({
    issuer: issuer.join("").trim(),
    label: label.join("").trim(),
    secret,
    algorithm: "sha1",
    digits: totpNumbers.digits,
    period: inSeconds(totpNumbers.period),
  });
