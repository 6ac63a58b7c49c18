import * as z from "zod";
import { sentence } from "@/lib/letters/draft";
import { notice, sampleWhat, what } from "@/lib/notices/notice";

/** `cut`: sealed events are gone, or others stand or come there; `forged`: events that no portal wrote. */
const how = z.enum(["cut", "forged"]);

const happened = {
  cut: "letters.record_cut",
  forged: "letters.record_forged",
} as const satisfies Record<z.infer<typeof how>, string>;

/** Somebody wrote to the record of events who is no portal. `line`: the alarm in the log that says more. About nobody's account. */
export const recordChanged = notice({
  kind: "record.changed",
  reaches: { to: "administrators" },
  shape: z.strictObject({ at: what.at, how, line: z.string() }),
  sample: { at: sampleWhat.at, how: "cut", line: "seals.cut" },
  words: {
    "letters.record_title": { en: "Somebody changed the record of events", zh: "事件记录被他人改动" },
    "letters.record_cut": {
      en: "Events that the portal had sealed are gone from its database, or others have come into their place. No portal did that.",
      zh: "系统已封存的部分事件从数据库中消失，或被其他内容取代。这不是系统所为。",
    },
    "letters.record_forged": {
      en: "The portal’s database holds events that no portal wrote as they stand there.",
      zh: "数据库中出现了并非由系统写入，或写入后被改动的事件。",
    },
    "letters.record_next": {
      en: "Somebody can write to the database, and may have written more than this. Please have it looked at today: {command} says what does not fit, and the page {page} what to do then.",
      zh: "有人能够写入数据库，改动的可能不止这些。请在今天之内安排检查：运行 {command} 可查看不符之处，处理方法见 {page}。",
    },
    "letters.record_line_label": { en: "In the log", zh: "日志条目" },
    "letters.record_short": {
      en: "{brand}: somebody changed the record of events. A mail says more.",
      zh: "{brand}：事件记录被他人改动。详情请见邮件。",
    },
  },
  text: ({ at, how, line }, { own, say, brand }) => ({
    subject: own("letters.record_title"),
    pieces: [
      sentence(own(happened[how])),
      {
        kind: "rows",
        rows: [
          { label: say("letters.when_label"), value: say("letters.moment_label", { at: new Date(at) }) },
          { label: own("letters.record_line_label"), value: line },
        ],
      },
      sentence(
        own("letters.record_next", {
          command: "npm run portal -- audit verify",
          page: "docs/nights/changed-record.md",
        }),
      ),
    ],
    short: own("letters.record_short", { brand }),
  }),
});
