import * as z from "zod";
import { apiCodes } from "@/lib/api/codes";
import { operation } from "@/lib/api/operation";
import { publicPasswordKey } from "@/lib/api/password-key";
import { done } from "@/lib/api/reply";
import { config } from "@/lib/config/config";
import { DomainError } from "@/lib/kernel/errors";

/** Clients ask for it before their first password login. Where passwords are not encrypted they are told which options to set. */
export const passwordKey = operation({
  name: "wellKnown",
  summary: "The public key for encrypted passwords, where the portal offers them.",
  needs: "nothing",
  output: z.object({ publicKey: z.string().describe("SPKI, PEM, RSA 2048.") }),
  input: z.unknown(),
  refuses: [apiCodes.notOffered],
  act: async ({ ctx }) => {
    if (!config().rsaPasswords) throw new DomainError("wire.rsa_off");
    return done("wire.done", { publicKey: await publicPasswordKey(ctx) });
  },
});
