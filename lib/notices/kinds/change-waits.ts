import * as z from "zod";
import { circumstances, lookButton, type Piece, type Row, sentence } from "@/lib/letters/draft";
import { changeName } from "@/lib/notices/change-name";
import { everyAddress, notice, sampleWhat, what } from "@/lib/notices/notice";

const sampleVeto = "http://localhost:3000/veto/vet_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG";

/** A dangerous change was asked for and waits so many hours. `detail` says which (a factor's name), or is empty; `link` stops it, and is empty where it must not be. */
export const changeWaits = notice({
  kind: "change.waits",
  reaches: everyAddress,
  shape: z.strictObject({ ...what, change: z.string(), detail: z.string(), hours: z.number(), link: z.string() }),
  sample: { ...sampleWhat, change: "account.delete", detail: "Grace’s telephone", hours: 168, link: sampleVeto },
  words: {
    "letters.change_waits_title": {
      en: "A change to your account waits: {change}",
      zh: "您的账户有一项更改在等待：{change}",
    },
    "letters.change_waits": {
      en: "Somebody who is logged in to your account asked for this. It will be done {hours, plural, one {one hour} =168 {seven days} other {# hours}} after this letter at the earliest, so that you can stop it.",
      zh: "有人在登录您的账户后提出了此更改。它最早在此邮件发出 {hours, plural, =168 {七天} other {# 小时}}后生效，在此之前您可以取消。",
    },
    "letters.change_waits_next": {
      en: "If it was you, there is nothing that you need to do. If not, press the button: it opens a page that stops the change, without a login. Then log in and change your password.",
      zh: "如果是您本人操作，您无需做任何事。如果不是，请点击按钮打开页面取消此更改，无需登录。然后请登录并更改密码。",
    },
    "letters.change_waits_login": {
      en: "If it was you, there is nothing that you need to do. If not, log in, stop it there and change your password. If you cannot log in, choose “Forgot your password?” on the login page, or ask whoever runs {brand}, at once.",
      zh: "如果是您本人操作，您无需做任何事。如果不是，请登录并在其中取消此更改，然后更改密码。如果无法登录，请立即在登录页选择“忘记密码？”，或联系 {brand} 的管理员。",
    },
    "letters.change_waits_short": {
      en: "{brand}: in {hours, plural, =168 {7 days} other {# h}} at the earliest: {change}. Not you? Log in and stop it, or use the link in the email.",
      zh: "{brand}：最早 {hours, plural, =168 {七天} other {# 小时}}后生效：{change}。非本人操作？请登录取消，或使用邮件中的链接。",
    },
    "letters.change_waits_login_short": {
      en: "{brand}: in {hours, plural, =168 {7 days} other {# h}} at the earliest: {change}. Not you? Log in and stop it.",
      zh: "{brand}：最早 {hours, plural, =168 {七天} other {# 小时}}后生效：{change}。非本人操作？请登录取消。",
    },
    "letters.change_label": { en: "Change", zh: "更改" },
    "letters.stop_change_button": { en: "Look at it and stop it", zh: "查看并取消" },
  },
  text: (facts, desk) => {
    const { own, brand, language } = desk;
    const { hours, detail, link } = facts;
    const hasLink = link !== "";
    const change = changeName(facts.change, language);
    const named: Row[] = [{ label: own("letters.change_label"), value: changeName(facts.change, language, detail) }];
    const said = { brand, hours, change };
    const byLink: Piece[] = [
      sentence(own("letters.change_waits_next")),
      { kind: "button", label: own("letters.stop_change_button"), href: link },
    ];
    const byLogin: Piece[] = [sentence(own("letters.change_waits_login", { brand })), lookButton(desk)];
    return {
      subject: own("letters.change_waits_title", { change }),
      pieces: [
        sentence(own("letters.change_waits", { hours })),
        circumstances(facts, desk, named),
        ...(hasLink ? byLink : byLogin),
      ],
      short: hasLink ? own("letters.change_waits_short", said) : own("letters.change_waits_login_short", said),
    };
  },
});
