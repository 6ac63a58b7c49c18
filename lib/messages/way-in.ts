import type { Words } from "@/lib/messages/words-shape";

/** The words of the pages on the way in: login, challenge, first run, invitation. */
export const wayInMessages = {
  "login.page_title": { en: "Log in", zh: "登录" },
  "login.identifier_label": { en: "Email, username or phone", zh: "邮箱、用户名或手机号" },
  "login.password_label": { en: "Password", zh: "密码" },
  "login.submit_button": { en: "Log in", zh: "登录" },
  "login.logged_out": { en: "You are logged out.", zh: "您已退出登录。" },
  "login.session_over": {
    en: "Your login here is over. Please log in again; if you had just sent a form, look whether it was done.",
    zh: "您在此处的登录已结束，请重新登录。如果刚才提交过表单，请登录后查看是否已完成。",
  },
  "login.browser_forgotten": {
    en: "You are logged out, and this browser is a stranger to your account.",
    zh: "您已退出登录，此浏览器不再是您账户的已知浏览器。",
  },
  "login.shared_label": { en: "Others use this computer too", zh: "此电脑与他人共用" },
  "login.shared_hint": {
    en: "The browser is not remembered, and you are logged out after 15 minutes without use.",
    zh: "不会记住此浏览器，15 分钟未使用将自动退出。",
  },
  "challenge.page_title": { en: "Confirm it’s you", zh: "确认是您本人" },
  "challenge.why_reset": {
    en: "You are choosing a new password for {who}. First confirm that it is you: a letter alone is not enough for this account.",
    zh: "您正在为账户 {who} 设置新密码。请先确认是您本人：仅凭一封邮件不足以为此账户设置密码。",
  },
  "challenge.why_reset_locked": {
    en: "The account {who} was locked: its password alone lets nobody in. To choose a new one, confirm that it is you, with a second factor first and then with a recovery code.",
    zh: "账户 {who} 已锁定，仅凭密码无法登录。如需设置新密码，请确认是您本人：先使用第二重验证方式，再输入一个恢复代码。",
  },
  "challenge.over_reset_locked": {
    en: "The time for choosing a new password here is over, or it was done already. If you still need one, log in with the old password once more.",
    zh: "在此处设置新密码的时限已过，或已经完成。如仍需设置，请再次用旧密码登录。",
  },
  "challenge.over_reset": {
    en: "The time for choosing a new password here is over, or it was done already. If you still need one, ask for another letter; a link that you have not confirmed still works.",
    zh: "在此处设置新密码的时限已过，或已经完成。如仍需设置，请重新申请邮件；尚未完成确认的链接仍然有效。",
  },
  "challenge.why_login": {
    en: "You are logging in as {who}. Your account asks for a second step.",
    zh: "您正在登录账户 {who}。此账户需要第二步验证。",
  },
  "challenge.why_step_up": {
    en: "Before you change what protects your account, {who}, please prove once more that it is you.",
    zh: "更改账户 {who} 的保护方式之前，请再次确认是您本人。",
  },
  "challenge.lost_reset": {
    en: "Lost it? Choose a new password by letter: there another factor of yours is enough.",
    zh: "已丢失？请通过邮件设置新密码：届时使用您的其他验证方式即可。",
  },
  "challenge.lost_letter": {
    en: "Lost it? The link in the letter about the change stops it too.",
    zh: "已丢失？通知邮件中的链接同样可以撤销该更改。",
  },
  "challenge.lost_removal": {
    en: "Lost it? Remove it first: another factor of yours is enough for that, and it waits, so that you could stop it.",
    zh: "已丢失？请先将其移除：使用您的其他验证方式即可，移除会延后生效，以便您随时撤销。",
  },
  "challenge.lost_no_letters": {
    en: "Lost it? This portal sends no email that could help. A recovery code of yours is enough here, by “Try another way”; without one, ask whoever runs this portal.",
    zh: "已丢失？此门户不发送可提供帮助的邮件。您可以点击“换一种方式”，使用一个恢复代码；如果没有，请联系门户的管理员。",
  },
  "challenge.lost_link": { en: "To your factors", zh: "前往您的验证方式" },
  "challenge.start_button": { en: "Continue", zh: "继续" },
  "challenge.verify_button": { en: "Verify", zh: "验证" },
  "challenge.trust_label": {
    en: "{days, plural, one {Don’t ask for a second step on this browser for one day} other {Don’t ask for a second step on this browser for # days}}",
    zh: "{days} 天内不再要求此浏览器进行第二步验证",
  },
  "challenge.trust_hint": {
    en: "Only where nobody else can sit down. Your password is still asked.",
    zh: "仅在他人无法使用的电脑上勾选。仍需输入密码。",
  },
  "challenge.other_way_link": { en: "Try another way", zh: "换一种方式" },
  "challenge.choose_title": { en: "Choose how to confirm", zh: "选择验证方式" },
  "challenge.no_way": {
    en: "There is nothing here that you could confirm with. Please ask whoever runs this portal for help.",
    zh: "没有可用的验证方式。请联系此门户的管理员。",
  },
  "challenge.way_closed": {
    en: "Closed after too many wrong codes. Once you are in, set it up again.",
    zh: "由于错误次数过多已停用。登录后请重新设置。",
  },
  "challenge.closed_note": {
    en: "{way}: closed after too many wrong codes. Confirm in another way now, and set it up again once you are in.",
    zh: "{way}：由于错误次数过多已停用。请改用其他方式确认，登录后再重新设置。",
  },
  "challenge.all_closed": {
    en: "After too many wrong codes this way is closed, and you have no other. In a browser that you have used before it may still be open; otherwise please ask whoever runs this portal for help.",
    zh: "由于错误次数过多，此方式已停用，而您没有其他方式。在您以前用过的浏览器中可能仍可使用；否则请联系此门户的管理员。",
  },
  "challenge.cancel_button": { en: "Cancel", zh: "取消" },
  "challenge.time_left": { en: "{time} left for this step.", zh: "此步骤还剩 {time}。" },
  "challenge.time_over": {
    en: "The time for this step is over. Please start again.",
    zh: "此步骤的时间已到。请重新开始。",
  },
  "challenge.begin_again_link": { en: "Begin again", zh: "重新开始" },
  "challenge.time_until": {
    en: "This step is open until {at, time, short} UTC.",
    zh: "请在 {at, time, short} UTC 之前完成此步骤。",
  },
  "challenge.expired_title": { en: "Please start again", zh: "请重新开始" },
  "challenge.over_finished": {
    en: "This step was completed already, perhaps by a second press of the button. This browser is not logged in, so please start again.",
    zh: "此步骤已经完成，可能是因为按钮被点击了两次。此浏览器尚未登录，请重新开始。",
  },
  "challenge.over_tries": {
    en: "There were too many answers that were not right, so this step is closed. Please start again.",
    zh: "错误次数过多，此步骤已结束。请重新开始。",
  },
  "challenge.over_closed": {
    en: "This step is closed: it was cancelled, or newer logins took its place. Please start again.",
    zh: "此步骤已结束：可能已被取消，或被之后的登录取代。请重新开始。",
  },
  "challenge.over_changed": {
    en: "Something changed at the account meanwhile, so this step does not count any more. Please start again.",
    zh: "在此期间账户发生了变化，此步骤已不再有效。请重新开始。",
  },
  "challenge.over_elsewhere": {
    en: "This step belongs to another login than the one in this browser. Please start again.",
    zh: "此步骤不属于此浏览器当前的登录。请重新开始。",
  },
  "challenge.over_unknown": {
    en: "No login is waiting in this browser. One waits a few minutes for its second step, and is gone when it is finished or cancelled, in another tab too. Please start again.",
    zh: "此浏览器中没有待完成的登录：可能已超过几分钟的时限，也可能已完成或取消（包括在其他标签页中）。请重新开始。",
  },
  "challenge.again_link": { en: "Back to the login", zh: "返回登录" },
  "challenge.account_link": { en: "Back to your account", zh: "返回您的账户" },
  "totp.code_label": { en: "Verification code", zh: "验证码" },
  "totp.code_hint": {
    en: "The six digits that your authenticator app shows now.",
    zh: "身份验证器应用当前显示的六位数字。",
  },
  "totp.offer": {
    en: "An app on your phone or computer shows a new code every 30 seconds. It needs no network.",
    zh: "手机或电脑上的应用每 30 秒显示一个新验证码，无需网络。",
  },
  "totp.set_up_title": { en: "Set up your authenticator app", zh: "设置身份验证器应用" },
  "totp.way_link": { en: "Code from your authenticator app", zh: "身份验证器应用中的验证码" },
  "recovery.code_label": { en: "Recovery code", zh: "恢复代码" },
  "recovery.code_hint": {
    en: "One of the codes that you saved. It works once; you get a new one in its place.",
    zh: "您保存的其中一个代码。每个代码只能使用一次；使用后会得到一个新代码。",
  },
  "recovery.way_link": { en: "One of your recovery codes", zh: "您的恢复代码" },
  "password_proof.way_link": { en: "Your password", zh: "您的密码" },
  "enrol.page_title": { en: "Set up a second factor", zh: "设置第二重验证" },
  "enrol.intro": {
    en: "You are logging in as {who}. Your organisation asks for a second factor. Choose one to finish logging in.",
    zh: "您正在登录账户 {who}。您的组织要求使用第二重验证。请选择一种以完成登录。",
  },
  "enrol.one_step": {
    en: "You are logging in as {who}. Once this is set up, you can go on.",
    zh: "您正在登录账户 {who}。设置完成后即可继续。",
  },
  "enrol.other_way_link": { en: "Choose another way", zh: "选择其他方式" },
  "enrol.nothing": {
    en: "Your organisation asks for a second factor, but none can be set up here right now. Please ask whoever runs this portal for help.",
    zh: "您的组织要求使用第二重验证，但目前无法在此设置。请联系此门户的管理员。",
  },
  "setup.page_title": { en: "Welcome to your portal", zh: "欢迎使用您的门户" },
  "setup.intro": {
    en: "Make the account of the first administrator of this portal. The next page helps you to protect it.",
    zh: "创建此门户首位管理员的账户。下一页将帮助您保护此账户。",
  },
  "setup.email_label": { en: "Email", zh: "邮箱" },
  "setup.username_label": { en: "Username", zh: "用户名" },
  "setup.password_label": { en: "Password", zh: "密码" },
  "setup.password_hint": {
    en: "At least {minimum, plural, one {# character} other {# characters}}. A few words in a row are strong and easy to remember.",
    zh: "至少 {minimum} 个字符。把几个词连在一起，既安全又好记。",
  },
  "setup.submit_button": { en: "Create the account", zh: "创建账户" },
  "setup.closed_title": { en: "This link does not open", zh: "此链接无法打开" },
  "setup.closed": {
    en: "This link does not count: a newer one took its place, the portal has had its first administrator already, or it was not copied whole. Look for the newest link. While there is no administrator, whoever runs the portal prints a new one: npm run portal -- setup-link.",
    zh: "此链接无效：可能已被新链接取代、门户已有首位管理员，或链接未完整复制。请使用最新的链接。如果尚无管理员，请在运行门户的机器上获取新链接：npm run portal -- setup-link。",
  },
  "setup.over_used": {
    en: "This link was used already: the account exists. Log in with it. If it is not yours, ask whoever started the portal.",
    zh: "此链接已被使用，账户已创建。请登录。如果不是您创建的，请联系启动此门户的人。",
  },
  "setup.over_expired": {
    en: "The time of this link is over. While there is no administrator, whoever runs the portal prints a new one: npm run portal -- setup-link.",
    zh: "此链接已过期。如果尚无管理员，请在运行门户的机器上获取新链接：npm run portal -- setup-link。",
  },
  "welcome.over_used": {
    en: "This link was used already: a password has been chosen with it. Log in with that password. If it was not you who chose it, ask whoever gave you the link at once.",
    zh: "此链接已被使用，并已设置密码。请使用该密码登录。如果不是您本人设置的，请立即联系向您提供链接的人。",
  },
  "welcome.over_expired": {
    en: "The time of this link is over. Ask whoever gave it to you for a new one.",
    zh: "此链接已过期。请向提供链接的人索取新链接。",
  },
  "welcome.over_void": {
    en: "This link does not count any more: a newer one took its place, the account has changed since, or it was not copied whole. Look for the newest link, or ask for a new one.",
    zh: "此链接已不再有效：可能已被新链接取代、账户已发生变化，或链接未完整复制。请使用最新的链接，或索取新链接。",
  },
  "welcome.page_title": { en: "Choose your password", zh: "设置您的密码" },
  "welcome.intro": {
    en: "This is the account of {email}. Choose the password that only you will know.",
    zh: "这是 {email} 的账户。请设置只有您知道的密码。",
  },
  "welcome.submit_button": { en: "Save and log in", zh: "保存并登录" },
} as const satisfies Words;
