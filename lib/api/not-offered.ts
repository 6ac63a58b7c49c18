import * as z from "zod";
import { apiCodes } from "@/lib/api/codes";
import { type Operation, operation } from "@/lib/api/operation";
import { DomainError } from "@/lib/kernel/errors";

/** One answer for everybody, known or not: there is no first door that takes a code. */
export const refusedCodeLogin = (name: string): Operation =>
  operation({
    name,
    summary: "Refused: a code alone opens no first door.",
    needs: "nothing",
    output: z.never(),
    refuses: [apiCodes.notOffered],
    input: z.unknown(),
    act: async () => {
      throw new DomainError("wire.no_code_login");
    },
  });

/** What clients of this protocol may ask for and this portal does not have. */
export const notOffered = (name: string): Operation =>
  operation({
    name,
    summary: "Not offered.",
    needs: "nothing",
    output: z.never(),
    refuses: [apiCodes.notOffered],
    input: z.unknown(),
    act: async () => {
      throw new DomainError("wire.not_offered");
    },
  });
