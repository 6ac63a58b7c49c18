import { namesOf, sayEvent } from "@/lib/account/activity/sentences";
import { csvLine } from "@/lib/account/data/csv-line";
import { type EventData, findAccountData, listEventData, listLetterData } from "@/lib/account/data/store";
import type { RawCtx } from "@/lib/context/context";
import { listActive } from "@/lib/factors/store";
import { catalogue, type MessageId } from "@/lib/messages/catalogue";
import { sayAny } from "@/lib/messages/say";
import type { Language } from "@/lib/messages/words-shape";
import { changeName } from "@/lib/notices/change-name";
import { addressesOfFactor, listToldAddresses } from "@/lib/notices/told-addresses";
import { portalClient } from "@/lib/policy/clients";
import { listKnownDevices } from "@/lib/sessions/devices/listing/store";
import { listAppSessions, listLiveSessions } from "@/lib/sessions/listing/store";
import { listWaitingOf } from "@/lib/waiting/store";

/** The files that hold what is kept about an account. */
export const dataFiles = { "account.json": "application/json", "activity.csv": "text/csv" } as const;
export type DataFile = keyof typeof dataFiles;

type Asked = { readonly userId: string; readonly language: Language };

/**
 * Writes such a file, piece by piece: an account of a hundred thousand events is never whole in memory. No password, secret, code or token is in it,
 * and of what an administrator did, as on the page, not from where.
 * Reads only; made anew each time, and kept nowhere.
 */
export const writeData = (ctx: RawCtx, file: DataFile, asked: Asked): AsyncGenerator<string> =>
  file === "account.json" ? accountJson(ctx, asked) : activityCsv(ctx, asked);

async function* accountJson(ctx: RawCtx, asked: Asked): AsyncGenerator<string> {
  yield `${JSON.stringify(await readParts(ctx, asked.userId), null, 2).slice(0, -2)},\n  "activity": [`;
  let separator = "\n    ";
  for await (const event of eventsOf(ctx, asked.userId)) {
    const { at, name, result, byOther, meta } = event;
    const from = byOther ? { ip: null, agent: null } : { ip: event.ip, agent: event.agent };
    const what = wordsOf(event, asked.language);
    yield separator + JSON.stringify({ at, what, name, result, byAdministrator: byOther, ...from, meta });
    separator = ",\n    ";
  }
  yield "\n  ]\n}\n";
}

async function* activityCsv(ctx: RawCtx, { userId, language }: Asked): AsyncGenerator<string> {
  yield csvLine(["at", "what", "event", "result", "address", "browser"]);
  for await (const event of eventsOf(ctx, userId)) {
    const { at, name, result, byOther, ip, agent } = event;
    const from = byOther ? ["", sayAny(language, "activity.by_administrator_label")] : [ip, agent];
    yield csvLine([at.toISOString(), wordsOf(event, language), name, result, ...from]);
  }
}

/** Everything but the activity, without a limit: a person has few of each, and of apps as many as the operator has registered. */
async function readParts(ctx: RawCtx, userId: string) {
  const factors = await listActive(ctx, userId);
  return {
    writtenAt: ctx.now,
    account: await findAccountData(ctx, userId),
    secondFactors: factors.map((factor) => {
      const { kind, label, confirmedAt, lastUsedAt } = factor;
      return { kind, name: label, address: addressesOfFactor(factor)[0]?.to ?? null, addedAt: confirmedAt, lastUsedAt };
    }),
    contacts: (await listToldAddresses(ctx, userId)).map(({ channel, to, is, confirmedAt }) => ({
      channel,
      to,
      is,
      confirmedAt,
    })),
    logins: await listLiveSessions(ctx, userId, portalClient),
    apps: await listAppSessions(ctx, userId, { after: null, limit: null }),
    browsers: await listKnownDevices(ctx, userId),
    waitingChanges: (await listWaitingOf(ctx, userId)).map(({ kind, askedAt, dueAt }) => ({ kind, askedAt, dueAt })),
    letters: await listLetterData(ctx, userId),
  };
}

const eventsAtOnce = 1_000;

async function* eventsOf(ctx: RawCtx, userId: string): AsyncGenerator<EventData> {
  for (let before: EventData | null = null; ; ) {
    const events: EventData[] = await listEventData(ctx, {
      userId,
      names: namesOf("all"),
      before,
      limit: eventsAtOnce,
    });
    yield* events;
    before = events.at(-1) ?? null;
    if (events.length < eventsAtOnce) return;
  }
}

/** What happened, as the activity page says it. */
function wordsOf({ name, meta: { kind, why, count } }: EventData, language: Language): string {
  const word = String(kind ?? "");
  const own = `${word}.kind_name`;
  const named = isMessageId(own) ? sayAny(language, own) : word;
  const asked = name.startsWith("pending.") ? changeName(word, language) : named;
  return sayEvent(language, name, { kind: asked, why: String(why ?? ""), count: Number(count ?? 0) });
}

const isMessageId = (id: string): id is MessageId => Object.hasOwn(catalogue, id);
