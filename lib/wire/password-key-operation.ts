import { z } from "zod";
import { config } from "@/lib/config/config";
import { DomainError } from "@/lib/kernel/errors";
import { wireCodes } from "@/lib/wire/codes";
import { operation } from "@/lib/wire/operation";
import { publicPasswordKey } from "@/lib/wire/password-key";
import { done } from "@/lib/wire/reply";

/** Clients ask for it before their first password login. Where passwords are not encrypted they are told which options to set. */
export const passwordKey = operation({
  name: "wellKnown",
  summary: "The public key for encrypted passwords, where the portal offers them.",
  needs: "nothing",
  output: z.object({ publicKey: z.string().describe("SPKI, PEM, RSA 2048.") }),
  input: z.unknown(),
  refuses: [wireCodes.notOffered],
  act: async ({ ctx }) => {
    if (!config().rsaPasswords) throw new DomainError("wire.rsa_off");
    return done("wire.done", { publicKey: await publicPasswordKey(ctx) });
  },
});
