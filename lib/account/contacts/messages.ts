import type { Words } from "@/lib/messages/words-shape";

/** The words of the pages about addresses and numbers, and of the page behind the link in an old mailbox. */
export const contactMessages = {
  "contacts.page_title": { en: "Contact addresses", zh: "联系方式" },
  "contacts.intro": {
    en: "How we reach you, and what you log in with. A change is told at every address you have, and for seven days at those you take away.",
    zh: "我们如何联系您，以及您用什么登录。任何更改都会通知您的所有邮箱；被移除的邮箱在七天内仍会收到通知。",
  },
  "contacts.intro_no_mail": {
    en: "What you log in with, and how you could be reached. This portal sends no email: what changes stands under “Recent activity”.",
    zh: "您用什么登录，以及如何联系您。此门户不发送邮件：账户的变化显示在“最近活动”中。",
  },
  "contacts.card_no_mail": {
    en: "You log in with {email}. This portal sends no email, so {confirmed, select, yes {no address is told of changes} other {it can be confirmed once it does}}.",
    zh: "您使用 {email} 登录。此门户不发送邮件，{confirmed, select, yes {因此不会通知任何邮箱} other {待其发送邮件后即可确认此邮箱}}。",
  },
  "contacts.further_no_mail": {
    en: "{count, plural, =0 {You have none. One can be added once this portal sends email.} other {This portal sends no email, so they are told nothing at present, and none can be added.}}",
    zh: "{count, plural, =0 {您还没有添加。此门户发送邮件后即可添加。} other {此门户不发送邮件，因此这些邮箱目前不会收到通知，也无法添加新的。}}",
  },
  "contacts.card_some": {
    en: "You log in with {email}. {count, plural, =0 {No other address is told.} one {One more address is told of changes.} other {# more addresses are told of changes.}}",
    zh: "您使用 {email} 登录。{count, plural, =0 {没有其他通知邮箱。} other {另有 # 个通知邮箱。}}",
  },
  "contacts.card_unconfirmed": {
    en: "You log in with {email}. Nobody has confirmed yet that it is yours.",
    zh: "您使用 {email} 登录。此邮箱尚未确认属于您。",
  },
  "contacts.manage_link": { en: "Manage addresses", zh: "管理联系方式" },
  "contacts.unconfirmed": {
    en: "Confirm that you read mail at {email}. Until then no letter can take a change of your account back.",
    zh: "请确认您能收到 {email} 的邮件。在此之前，无法通过邮件撤销账户的更改。",
  },
  "contacts.confirm_link": { en: "Confirm now", zh: "立即确认" },
  "contacts.login_title": { en: "Login email", zh: "登录邮箱" },
  "contacts.confirmed_label": { en: "Confirmed", zh: "已确认" },
  "contacts.unconfirmed_label": { en: "Not confirmed", zh: "未确认" },
  "contacts.change_link": { en: "Change email", zh: "更改邮箱" },
  "contacts.further_title": { en: "Further addresses", zh: "其他通知邮箱" },
  "contacts.further_text": {
    en: "They are told when something about your account changes. Nobody can log in or choose a password with them.",
    zh: "账户发生变化时，这些邮箱会收到通知。它们不能用于登录或设置密码。",
  },
  "contacts.further_none": {
    en: "You have none. A second mailbox tells you of changes even when somebody else reads the first one.",
    zh: "您还没有添加。即使有人能查看您的登录邮箱，其他邮箱仍会告知您账户的变化。",
  },
  "contacts.since_label": { en: "Since {day}", zh: "{day}起" },
  "contacts.add_link": { en: "Add an address", zh: "添加邮箱" },
  "contacts.remove_link": { en: "Remove", zh: "移除" },
  "contacts.remove_label": { en: "Remove {address}", zh: "移除 {address}" },
  "contacts.phone_title": { en: "Phone number to log in with", zh: "登录手机号" },
  "contacts.phone_some": {
    en: "You can type {phone} instead of your email when you log in.",
    zh: "登录时您可以输入 {phone} 代替邮箱。",
  },
  "contacts.phone_unconfirmed": {
    en: "It is not confirmed, so nothing is sent there. To confirm it, choose “Change number” and type it again; that is done at once.",
    zh: "此号码未经确认，因此不会向其发送任何消息。如需确认，请选择“更改手机号”并再次输入此号码，立即生效。",
  },
  "contacts.phone_none": {
    en: "You log in without one. With one, you can type it instead of your email.",
    zh: "您尚未设置。设置后，登录时可用它代替邮箱。",
  },
  "contacts.phone_link": { en: "Set a number", zh: "设置手机号" },
  "contacts.phone_change_link": { en: "Change number", zh: "更改手机号" },
  "contacts.phone_remove_link": { en: "Remove number", zh: "移除手机号" },
  "contacts.no_way": {
    en: "{of, select, unconfirmed {It can be confirmed and changed here once this portal sends email} email {It can be changed here once this portal sends email} no_phone {One can be set here once this portal sends text messages} other {It can be changed here once this portal sends text messages}}; until then whoever runs it can {of, select, no_phone {set} other {change}} {of, select, no_phone {one} other {it}} for you.",
    zh: "此门户{of, select, unconfirmed {发送邮件后，即可在此确认和更改} email {发送邮件后，即可在此更改} no_phone {发送短信后，即可在此设置} other {发送短信后，即可在此更改}}；在此之前，可请门户的管理员代为{of, select, no_phone {设置} other {更改}}。",
  },
  "contacts.email_page_title": { en: "Change your login email", zh: "更改登录邮箱" },
  "contacts.email_page_intro": {
    en: "We send a code to the new address. Once the change is done you log in with that, and everybody else is logged out. {back, select, yes {For three days a letter to {email} can take it back.} other {No letter to {email} can take it back, because that address is not confirmed.}}",
    zh: "我们会向新邮箱发送验证码。更改生效后，您将使用新邮箱登录，其他登录均会退出。{back, select, yes {三天内可通过发送到 {email} 的邮件撤销更改。} other {由于 {email} 未经确认，发送到该邮箱的邮件无法撤销更改。}}",
  },
  "contacts.further_page_title": { en: "Add an address", zh: "添加通知邮箱" },
  "contacts.further_page_intro": {
    en: "It is told what happens to your account once you have typed the code that we send there.",
    zh: "输入我们发送到该邮箱的验证码后，它将收到账户变化的通知。",
  },
  "contacts.phone_page_title": { en: "Phone number to log in with", zh: "登录手机号" },
  "contacts.phone_page_intro": {
    en: "We send a code to the number. It becomes a name that you can type, and is told what happens to your account; it is no second factor.",
    zh: "我们会向该号码发送验证码。它是登录时可输入的名称，也会收到账户变化的通知，但不是第二重验证。",
  },
  "contacts.confirm_page_title": { en: "Confirm your login email", zh: "确认登录邮箱" },
  "contacts.confirm_page_intro": {
    en: "We send a code to {email}. Type it here, and letters to that mailbox can help you if somebody else changes your account.",
    zh: "我们会向 {email} 发送验证码。输入后，如果有人更改您的账户，发送到该邮箱的邮件可以帮助您。",
  },
  "contacts.another_link": {
    en: "{kind, select, sms {Use another number} other {Use another address}}",
    zh: "{kind, select, sms {使用其他号码} other {使用其他邮箱}}",
  },
  "contacts.save_button": { en: "Confirm", zh: "确认" },
  "contacts.remove_title": { en: "Remove {address}?", zh: "移除 {address}？" },
  "contacts.remove_text": {
    en: "Once it is done, that address hears of it and of everything else for seven more days, and of nothing after them.",
    zh: "生效后的七天内，该邮箱仍会收到此次及其他所有通知，之后不再收到。",
  },
  "contacts.remove_button": { en: "Remove it", zh: "移除" },
  "contacts.keep_link": { en: "Keep it", zh: "保留" },
  "contacts.remove_phone_title": { en: "Log in without {phone}?", zh: "不再使用 {phone} 登录？" },
  "contacts.remove_phone_text": {
    en: "Once it is done, you log in with your email or your username. If you once typed a code that we sent there, that number is told what happens for seven more days.",
    zh: "生效后请使用邮箱或用户名登录。如果您曾输入过发送到该号码的验证码，它在七天内仍会收到通知。",
  },
  "contacts.done_email": {
    en: "You log in with your new email from now on. {count, plural, =0 {Nobody else was logged in.} one {One other login is ended.} other {# other logins are ended.}}",
    zh: "今后请使用新邮箱登录。{count, plural, =0 {没有其他登录。} other {已结束其他 # 处登录。}}",
  },
  "contacts.done_further": { en: "That address is told from now on.", zh: "该邮箱今后会收到通知。" },
  "contacts.done_confirm": { en: "Your login email is confirmed.", zh: "登录邮箱已确认。" },
  "contacts.done_phone": { en: "You can log in with that number from now on.", zh: "今后可使用该手机号登录。" },
  "contacts.done_removed": { en: "That address is removed.", zh: "该邮箱已移除。" },
  "contacts.done_phone_removed": { en: "You log in without a phone number now.", zh: "已移除登录手机号。" },
  "contacts.malformed": { en: "Please fill in the address or number.", zh: "请填写邮箱或手机号。" },
  "contacts.malformed_code": { en: "Type all digits of the code.", zh: "请输入验证码的全部数字。" },
  "contacts.wrong_code": {
    en: "That code is not right. Check the last letter or message, or ask for a new code.",
    zh: "验证码不正确。请查看最近一封邮件或短信，或重新获取验证码。",
  },
  "contacts.one_left": { en: "You have one more try.", zh: "您还可以再试一次。" },
  "contacts.proof_over": {
    en: "No code is waited for here any more: its time is over, it was used, or another address was typed since. Type the address once more.",
    zh: "此处不再等待验证码：验证码已过期、已使用，或之后输入了其他地址。请重新输入地址。",
  },
  "contacts.cannot_send": {
    en: "No code can be sent there at present. Try again later, or ask whoever runs this portal.",
    zh: "目前无法向其发送验证码。请稍后再试，或联系此门户的管理员。",
  },
  "contacts.confirmed_already": { en: "Your login email is confirmed already.", zh: "登录邮箱已经确认。" },
  "contacts.is_login": {
    en: "This is the email that you log in with; it is told of everything anyway. Give another one.",
    zh: "这是您的登录邮箱，它已会收到所有通知。请输入其他邮箱。",
  },
  "contacts.there_already": {
    en: "This address is told already. Give another one.",
    zh: "此邮箱已会收到通知。请换一个。",
  },
  "contacts.too_many": {
    en: "You have {count} further addresses, which is the most. Remove one first.",
    zh: "其他通知邮箱最多 {count} 个。请先移除一个。",
  },
  "contacts.full": {
    en: "This address is told already, or you have as many as there may be. Look at the list, please.",
    zh: "此邮箱已会收到通知，或数量已达上限。请查看列表。",
  },
  "contacts.gone": { en: "This address is not on your list any more.", zh: "此邮箱已不在您的列表中。" },
  "revert.page_title": { en: "Take back the change of your login email?", zh: "撤销登录邮箱的更改？" },
  "revert.text": {
    en: "The account that logged in with {who} has had another login email since then. If you changed it yourself, there is nothing to do: close this page.",
    zh: "使用 {who} 登录的账户后来更改了登录邮箱。如果是您本人更改的，您无需做任何事，可以关闭此页面。",
  },
  "revert.was_not_you": {
    en: "If it was not you, press the button. This is what it does.",
    zh: "如果不是您本人，请点击按钮。点击后会发生以下变化。",
  },
  "revert.restores": { en: "{who} is the login email again.", zh: "登录邮箱恢复为 {who}。" },
  "revert.ends_password": {
    en: "The present password opens nothing any more: you choose a new one to get in.",
    zh: "当前密码立即失效：您需要设置新密码才能登录。",
  },
  "revert.way_back": {
    en: "For three days after the change, choosing a new password also asks for a second factor from before it. Without one, whoever runs this portal helps you.",
    zh: "更改后的三天内，设置新密码还需要更改之前设置的第二重验证。如果没有，请联系此门户的管理员。",
  },
  "revert.button": { en: "Take the change back", zh: "撤销更改" },
  "contacts.revert_over": {
    en: "This link is no longer valid. Nothing was changed.",
    zh: "此链接已失效，没有发生任何更改。",
  },
  "revert.malformed": {
    en: "This link is not complete. Open it from the letter once more.",
    zh: "此链接不完整。请从邮件中重新打开。",
  },
  "revert.over_title": { en: "This link does not open", zh: "此链接无法打开" },
  "revert.over": {
    en: "This link is no longer valid: it is older than three days, an administrator has settled the matter, or it is not complete. Nothing was changed.",
    zh: "此链接已失效：可能已超过三天、管理员已处理，或链接不完整。没有发生任何更改。",
  },
  "revert.used_title": { en: "The change has been taken back", zh: "更改已撤销" },
  "revert.used": {
    en: "The change behind this link was taken back already. Everybody was logged out, and the password of that time opens nothing any more.",
    zh: "此链接对应的更改已被撤销。所有人均已退出登录，当时的密码已失效。",
  },
  "revert.done_title": { en: "The change is taken back", zh: "更改已撤销" },
  "revert.done": {
    en: "Your old email is the one to log in with again. Everybody is logged out, and the password of until now opens nothing any more.",
    zh: "登录邮箱已恢复为旧邮箱。所有人均已退出登录，此前的密码已失效。",
  },
  "revert.done_next": {
    en: "Choose a new password next: a letter goes to both addresses, and a second factor from before the change is asked for. If you have none, ask whoever runs this portal; its administrators were told by letter.",
    zh: "接下来请设置新密码：邮件会发送到两个邮箱，并且需要更改之前设置的第二重验证。如果没有，请联系此门户的管理员；管理员已收到邮件通知。",
  },
} as const satisfies Words;
