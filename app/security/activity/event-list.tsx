import type { ReactNode } from "react";
import { ActivityRow, namesOfLines } from "@/app/security/activity/activity-row";
import { CardShell } from "@/components/security/card-shell";
import { Empty } from "@/components/ui/empty";
import { Rows } from "@/components/ui/row";
import { readActivity } from "@/lib/account/activity/read-activity";
import type { AskedActivity } from "@/lib/account/activity/schema";
import type { ActivityFilter } from "@/lib/account/activity/sentences";
import type { Ctx } from "@/lib/context/context";
import type { Say } from "@/lib/messages/say";
import type { Language } from "@/lib/messages/words-shape";
import { openPlaces } from "@/lib/places/open-places";

/** What a page of lines is made of. */
export type Listing = {
  readonly ctx: Ctx;
  readonly person: { readonly userId: string; readonly sessionId: string };
  readonly before: AskedActivity["before"];
  readonly say: Say;
  readonly language: Language;
};

/** A list, and the word in an address that leads to what is older; null: nothing is. */
export type Listed = { readonly list: ReactNode; readonly older: string | null };

/** What happened to the account: a page of it. */
export async function eventList(asked: Listing & { readonly filter: ActivityFilter }): Promise<Listed> {
  const { ctx, person, before, filter, say, language } = asked;
  const { lines, older } = await readActivity(ctx, { userId: person.userId, filter, before });
  if (lines.length === 0)
    return { list: <Empty title={say("activity.none_title")} text={say("activity.none_text")} />, older };
  const placeOf = await openPlaces(language);
  const names = namesOfLines(lines, say, language);
  const list = (
    <CardShell title={say(`activity.filter_${filter}_label`)} status={null}>
      <Rows>
        {lines.map((line, at) => (
          <ActivityRow
            key={line.id}
            line={line}
            apart={names[at] ?? ""}
            place={placeOf(line.ip)}
            isThis={line.session !== null && person.sessionId.startsWith(line.session)}
            say={say}
            language={language}
          />
        ))}
      </Rows>
    </CardShell>
  );
  return { list, older };
}
