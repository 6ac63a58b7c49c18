import { ago, aLetter, type Planting } from "@/lib/doctor/planted/planted.kit";

export const lettersFaults: Planting = {
  "no mail": {
    id: "mail.off",
    level: "hint",
    what: /No mail leaves/,
    cure: /MAIL_CHANNEL/,
    plant: (house) => house.set({ MAIL_CHANNEL: "off" }),
  },
  "a mail server that does not answer": {
    id: "mail.refused",
    level: "fault",
    what: /could not be reached \(ECONNREFUSED\)/,
    cure: /Correct SMTP_URL/,
    plant: (house) => house.set({ MAIL_CHANNEL: "smtp", SMTP_URL: "smtp://127.0.0.1:9" }),
  },
  "a channel that nobody has tried": {
    id: "letters.unproven",
    level: "warning",
    what: /MAIL_CHANNEL has not delivered a test letter/,
    cure: /send-test mail/,
    plant: (house) => house.set({ SECOND_FACTOR_KINDS: "totp,email", RESEND_API_KEY: "re_0987654321" }),
  },
  "letters that do not leave": {
    id: "letters.late",
    level: "fault",
    what: /wait longer than they should: 1\. The last fault: refused\./,
    cure: /npm run portal -- letters/,
    plant: async (house) => {
      await house.ctx().db.letter.create({
        data: { ...aLetter, id: "l", createdAt: ago(1), notBefore: ago(1), lastFault: "refused." },
      });
    },
  },
  "letters that were given up": {
    id: "letters.parked",
    level: "warning",
    what: /was not told something: 1\./,
    cure: /letters retry all/,
    plant: async (house) => {
      await house
        .ctx()
        .db.letter.create({ data: { ...aLetter, id: "l", createdAt: ago(9), notBefore: ago(9), parkedAt: ago(1) } });
    },
  },
};
