import * as z from "zod";
import { type Piece, sentence } from "@/lib/letters/draft";
import { notice, sampleWhat, what } from "@/lib/notices/notice";

/** A backup was restored: the portal is what it was at `to`, and what its reader changed since is undone. `password`: whether it still opens the first door. */
export const portalRestored = notice({
  kind: "portal.restored",
  reaches: { to: "everybody" },
  shape: z.strictObject({ at: what.at, to: z.iso.datetime(), password: z.enum(["kept", "closed"]) }),
  sample: { at: sampleWhat.at, to: "2030-01-06T22:00:00.000Z", password: "kept" },
  words: {
    "letters.restored_title": { en: "Your account was set back to an earlier state", zh: "您的账户已恢复到较早的状态" },
    "letters.restored": {
      en: "{brand} had to be restored from a backup. Your account is what it was then; whatever you changed since is undone.",
      zh: "{brand} 已从备份恢复。您的账户回到了当时的状态，此后所做的更改均已撤销。",
    },
    "letters.restored_to_label": { en: "As it was", zh: "恢复到" },
    "letters.restored_look": {
      en: "You are logged out everywhere, and your recovery codes open nothing any more. Please log in and look at your password, your second factors, numbers and addresses; then make new recovery codes. A factor that you removed since may be back: remove it again.",
      zh: "您已在所有设备上退出登录，恢复代码也已失效。请登录并检查您的密码、验证方式、号码和地址，然后生成新的恢复代码。您此后移除的验证方式可能又出现了，请再次移除。",
    },
    "letters.restored_password": {
      en: "Your password was closed as well. Choose a new one by “Forgot your password?” on the login page, or ask whoever looks after {brand} for a link.",
      zh: "您的密码也已停用。请在登录页面选择“忘记密码？”设置新密码，或向 {brand} 的管理员索取链接。",
    },
    "letters.restored_button": { en: "Look at your account", zh: "查看您的账户" },
    "letters.restored_short": {
      en: "{brand}: your account was set back to an earlier state. Log in and look at it.",
      zh: "{brand}：您的账户已恢复到较早的状态，请登录查看。",
    },
  },
  text: ({ at, to, password }, { own, say, brand, appUrl }) => {
    const rows = [
      { label: own("letters.restored_to_label"), value: say("letters.moment_label", { at: new Date(to) }) },
      { label: say("letters.when_label"), value: say("letters.moment_label", { at: new Date(at) }) },
    ];
    const closed: Piece[] = password === "closed" ? [sentence(own("letters.restored_password", { brand }))] : [];
    return {
      subject: own("letters.restored_title"),
      pieces: [
        sentence(own("letters.restored", { brand })),
        { kind: "rows", rows },
        sentence(own("letters.restored_look")),
        ...closed,
        { kind: "button", label: own("letters.restored_button"), href: `${appUrl}/security` },
      ],
      short: own("letters.restored_short", { brand }),
    };
  },
});
