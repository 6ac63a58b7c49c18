import { StatusLine } from "@/components/security/status-line";
import type { Overview } from "@/lib/account/read-overview";
import type { Say } from "@/lib/messages/say";

type Props = { readonly overview: Pick<Overview, "factors" | "codesLeft">; readonly say: Say };

/** How the account stands, in a sentence or two. What is closed to this browser after too many wrong codes is no protection that its owner could use. */
export function ProtectionLine({ overview, say }: Props) {
  const { factors } = overview;
  const isGood = factors.length > 0 && factors.every(({ closed }) => closed === "nowhere");
  return <StatusLine tone={isGood ? "good" : "attention"}>{sentencesOf(overview, say).join(" ")}</StatusLine>;
}

function sentencesOf({ factors, codesLeft: codes }: Props["overview"], say: Say): string[] {
  if (factors.length === 0) return [say("security.unprotected")];
  const [closed, elsewhere] = [countOf(factors, "here"), countOf(factors, "elsewhere")];
  const open = factors.length - closed;
  if (open === 0) return [say("security.all_closed", { count: closed, codes })];
  return [
    say("security.protected", { factors: open, codes }),
    closed > 0 && say("security.some_closed", { count: closed }),
    elsewhere > 0 && say("security.closed_elsewhere", { count: elsewhere }),
  ].filter((sentence) => sentence !== false);
}

const countOf = (factors: Overview["factors"], where: "here" | "elsewhere") =>
  factors.filter(({ closed }) => closed === where).length;
