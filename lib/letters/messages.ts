import type { Words } from "@/lib/messages/words-shape";

/** The words of letters. Those of text messages end in `_short`: English fits one message of 160 GSM characters, Chinese two of 67,
 * and a code with a host of up to 12 characters one of 70. */
export const letterMessages = {
  "letters.when_label": { en: "When", zh: "时间" },
  "letters.moment_label": { en: "{at, date, medium} UTC", zh: "{at, date, medium} UTC" },
  "letters.address_label": { en: "IP address", zh: "IP 地址" },
  "letters.device_label": { en: "Device", zh: "设备" },
  "letters.device_name": { en: "{browser} on {system}", zh: "{system} 上的 {browser}" },
  "letters.some_browser_name": { en: "a browser", zh: "浏览器" },
  "letters.some_system_name": { en: "an unknown system", zh: "未知系统" },
  "letters.unknown_device_name": { en: "unknown", zh: "未知" },
  "letters.command_line_name": { en: "the administrator’s command line", zh: "管理员命令行" },
  "letters.factor_label": { en: "Factor", zh: "验证方式" },
  "letters.some_factor_name": { en: "Second factor", zh: "第二重验证" },
  "letters.label_label": { en: "Name", zh: "名称" },
  "letters.person_label": { en: "Account", zh: "账户" },
  "letters.look_button": { en: "Look at your account", zh: "查看您的账户" },
  "letters.not_me_button": { en: "This was not me", zh: "这不是我本人" },
  "letters.people_button": { en: "See what happened", zh: "查看详情" },
  "letters.why": {
    en: "You get this letter because this address belongs to an account at {brand}. It asks for nothing by itself: opening it or its links changes nothing.",
    zh: "您收到此邮件，是因为此邮箱属于 {brand} 的一个账户。邮件本身不要求您做任何事：打开邮件或其中的链接，都不会有任何改动。",
  },
  "letters.why_stranger": {
    en: "Somebody typed this address at {brand}. If it was not you, there is nothing that you need to do.",
    zh: "有人在 {brand} 输入了此邮箱。如果不是您本人，您无需做任何事。",
  },
  "letters.support": { en: "Questions? Write to {support}.", zh: "有疑问？请联系 {support}。" },
  "letters.not_you": {
    en: "If this was not you, log in, change your password and remove what you do not know. If you cannot log in, ask whoever runs {brand} for help at once.",
    zh: "如果不是您本人操作，请登录并更改密码，移除您不认识的验证方式。如果无法登录，请立即联系 {brand} 的管理员。",
  },
  "letters.not_you_alarm": {
    en: "If this was not you, press the button. It opens a page that tells what it will do, and nothing happens before you confirm it there. The link works for three days.",
    zh: "如果不是您本人，请点击按钮，打开说明页面。在您确认之前，不会有任何改动。链接三天内有效。",
  },

  "letters.code_login_title": { en: "Your code for {brand}", zh: "您的 {brand} 验证码" },
  "letters.code_login": {
    en: "Type this code on the page that asks for it. It works once, for {minutes, plural, one {# minute} other {# minutes}}.",
    zh: "请在要求输入验证码的页面输入此验证码。它只能使用一次，{minutes} 分钟内有效。",
  },
  "letters.code_login_warning": {
    en: "Give it to nobody: nobody from {brand} will ever ask you for it. If you did not ask for it just now, somebody may be in your account or know your password. Log in and change it.",
    zh: "请勿告诉任何人：{brand} 的任何人都不会向您索要验证码。如果不是您刚刚索取的，可能有人已进入您的账户或知道您的密码。请登录并更改密码。",
  },
  "letters.code_login_short": {
    en: "{brand}: {code} is your code, good for {minutes} min. Give it to nobody. Not you? Change your password.",
    zh: "{brand}：验证码 {code}，{minutes} 分钟内有效，勿告他人。若非本人，请改密码。",
  },
  "letters.code_bind_title": { en: "Confirm this address for {brand}", zh: "为 {brand} 确认此邮箱" },
  "letters.code_bind": {
    en: "Somebody wants to receive login codes for their account at {brand} at this address. If that is you, type this code on the page that asks for it. It works once, for {minutes, plural, one {# minute} other {# minutes}}.",
    zh: "有人想用此邮箱接收 {brand} 账户的登录验证码。如果是您本人，请在要求输入的页面输入此验证码。它只能使用一次，{minutes} 分钟内有效。",
  },
  "letters.code_bind_warning": {
    en: "If it was not you, do nothing: without the code nothing happens. Give it to nobody.",
    zh: "如果不是您本人，请忽略此邮件：没有验证码，什么也不会发生。请勿将验证码告诉任何人。",
  },
  "letters.code_bind_short": {
    en: "{brand}: {code} confirms this number, good for {minutes} min. Give it to nobody. Not you? Do nothing.",
    zh: "{brand}：{code} 用于确认此号码，{minutes} 分钟内有效，勿告他人。若非本人，请忽略。",
  },

  "letters.channel_test_title": { en: "Test letter from {brand}", zh: "{brand} 的测试邮件" },
  "letters.channel_test": {
    en: "Letters of {brand} arrive here. An administrator sent this one to try the way; there is nothing that you need to do.",
    zh: "{brand} 的邮件可以送达此处。这是管理员发送的测试邮件，您无需做任何事。",
  },
  "letters.channel_test_short": {
    en: "{brand}: messages arrive here. This is a test.",
    zh: "{brand}：消息可以送达此处。这是一次测试。",
  },

  "letters.factor_bound_title": { en: "A factor was added to your account", zh: "您的账户添加了验证方式" },
  "letters.factor_bound": {
    en: "From now on it is a second step when you log in. Other sessions of your account have ended.",
    zh: "从现在起，它将作为您登录时的第二步验证。您账户的其他登录均已退出。",
  },
  "letters.factor_bound_codes": {
    en: "With it {count, plural, one {a recovery code was} other {# recovery codes were}} made. Keep them apart from the phone.",
    zh: "同时生成了 {count} 个恢复代码。请勿与手机放在一起。",
  },
  "letters.factor_bound_short": {
    en: "{brand}: a second factor was added to your account ({factor}). Not you? Log in and change your password at once.",
    zh: "{brand}：您的账户添加了验证方式（{factor}）。非本人操作请立即登录并更改密码。",
  },
  "letters.factor_removed_title": { en: "A factor was removed from your account", zh: "您的账户移除了验证方式" },
  "letters.factor_removed": {
    en: "It is no longer a second step when you log in. Look whether enough still protects your account.",
    zh: "它不再作为您登录时的第二步验证。请查看您的账户是否仍有足够的保护。",
  },
  "letters.factor_removed_short": {
    en: "{brand}: a second factor was removed from your account ({factor}). Not you? Log in and change your password at once.",
    zh: "{brand}：您的账户移除了验证方式（{factor}）。非本人操作请立即登录并更改密码。",
  },
  "letters.password_closed_title": {
    en: "Your password was closed after too many wrong tries",
    zh: "您的密码因错误次数过多已停用",
  },
  "letters.password_closed_to_strangers": {
    en: "Somebody typed too many wrong passwords for your account. In a browser where you have logged in lately your password still works, and logging in there opens it again everywhere. Until then it is refused in every other browser, even when it is typed right.",
    zh: "有人为您的账户输入了过多错误密码。在您近期登录过的浏览器中，密码仍然有效；在其中登录一次，即可在所有地方恢复。在此之前，在其他浏览器中即使密码正确也无法登录。",
  },
  "letters.password_closed": {
    en: "Too many wrong passwords were typed for your account, in browsers that you use too. Your password is now refused everywhere, even when it is typed right. Where you are still logged in, you can go on.",
    zh: "有人为您的账户输入了过多错误密码，包括在您使用的浏览器中。现在，即使密码正确，在任何地方都无法登录。已经登录的地方不受影响。",
  },
  "letters.password_closed_way": {
    en: "If you cannot get in that way, ask whoever runs {brand}: they can open it again, or give you a link where you choose a new one.",
    zh: "如果仍无法登录，请联系 {brand} 的管理员：管理员可以重新启用密码，或给您一个用来设置新密码的链接。",
  },
  "letters.password_closed_to_strangers_short": {
    en: "{brand}: after too many wrong tries your password works only where you logged in lately. Logging in there opens it again.",
    zh: "{brand}：由于错误次数过多，您的密码目前只在近期登录过的浏览器中有效。在那里登录即可恢复。",
  },
  "letters.password_closed_short": {
    en: "{brand}: your password was closed after too many wrong tries. Ask whoever runs it to open it again.",
    zh: "{brand}：您的密码因错误次数过多已停用。请联系管理员重新启用。",
  },
  "letters.factor_closed_title": {
    en: "A factor was closed after too many wrong codes",
    zh: "验证方式因错误次数过多已停用",
  },
  "letters.factor_closed": {
    en: "Too many wrong codes were typed for it, so it is accepted no longer. Log in with a recovery code or another factor and set it up again. If it was not you who typed those codes, somebody may be in your account or know your password: change it.",
    zh: "由于错误次数过多，此验证方式已停用。请使用恢复代码或其他验证方式登录，然后重新设置。如果这些验证码不是您本人输入的，可能有人已进入您的账户或知道您的密码，请更改密码。",
  },
  "letters.factor_closed_short": {
    en: "{brand}: a second factor was closed after too many wrong codes ({factor}). Log in another way and change your password.",
    zh: "{brand}：验证方式（{factor}）因错误次数过多已停用。请用其他方式登录并更改密码。",
  },
  "letters.factors_reset_title": { en: "An administrator reset your second factors", zh: "管理员重置了您的第二重验证" },
  "letters.factors_reset": {
    en: "All your second factors and recovery codes are gone, and you are logged out everywhere. Log in with your password and set up a new factor soon.",
    zh: "您的所有第二重验证方式和恢复代码均已清除，您在所有地方均已退出登录。请用密码登录，并尽快设置新的验证方式。",
  },
  "letters.factors_reset_warning": {
    en: "If you did not ask for this, tell whoever runs {brand} at once.",
    zh: "如果这不是您要求的，请立即告知 {brand} 的管理员。",
  },
  "letters.factors_reset_short": {
    en: "{brand}: an administrator reset your second factors. You did not ask for it? Tell whoever runs {brand} at once.",
    zh: "{brand}：管理员重置了您的第二重验证。如非您要求，请立即告知管理员。",
  },

  "letters.recovery_generated_title": { en: "New recovery codes were made", zh: "已生成新的恢复代码" },
  "letters.recovery_generated": {
    en: "There {count, plural, one {is # new code} other {are # new codes}}. All earlier ones are void.",
    zh: "共有 {count} 个新代码。之前的所有代码都已失效。",
  },
  "letters.recovery_generated_short": {
    en: "{brand}: new recovery codes were made for your account. Not you? Log in and change your password at once.",
    zh: "{brand}：您的账户生成了新的恢复代码。非本人操作请立即登录并更改密码。",
  },
  "letters.recovery_added_title": { en: "A recovery code was added", zh: "已添加一个恢复代码" },
  "letters.recovery_added": {
    en: "A recovery code came with an authenticator app that was set up in another application. {left, plural, one {# code is} other {# codes are}} good now. An earlier one that came in this way is void.",
    zh: "在其他应用中设置身份验证器时，附带生成了一个恢复代码。现有 {left} 个可用代码。此前以同样方式获得的代码已失效。",
  },
  "letters.recovery_added_short": {
    en: "{brand}: a recovery code was added to your account. Not you? Log in and change your password at once.",
    zh: "{brand}：您的账户添加了一个恢复代码。非本人操作请立即登录并更改密码。",
  },
  "letters.recovery_used_title": { en: "A recovery code was used", zh: "恢复代码已被使用" },
  "letters.recovery_used": {
    en: "Somebody passed the second step with one of your recovery codes. {left, plural, =0 {None is left: make a new set.} one {One is left: make a new set soon.} other {# are left.}}",
    zh: "有人用您的一个恢复代码通过了第二步验证。{left, plural, =0 {没有剩余代码，请生成新的一组。} other {剩余 # 个。}}",
  },
  "letters.recovery_used_short": {
    en: "{brand}: a recovery code of your account was used. Not you? Log in and change your password at once.",
    zh: "{brand}：您账户的恢复代码已被使用。非本人操作请立即登录并更改密码。",
  },

  "letters.password_changed_title": { en: "Your password was changed", zh: "您的密码已更改" },
  "letters.password_changed": {
    en: "The old one opens nothing any more, and everybody else who was logged in to your account is logged out.",
    zh: "旧密码已失效，其他登录您账户的人均已退出。",
  },
  "letters.password_changed_warning": {
    en: "If this was not you, somebody else is in your account: tell whoever runs {brand} at once.",
    zh: "如果不是您本人操作，说明有人进入了您的账户，请立即告知 {brand} 的管理员。",
  },
  "letters.password_changed_short": {
    en: "{brand}: your password was changed. Not you? Tell whoever runs {brand} at once.",
    zh: "{brand}：您的密码已更改。非本人操作请立即告知管理员。",
  },
  "letters.account_joined_title": { en: "Welcome to {brand}", zh: "欢迎使用 {brand}" },
  "letters.account_joined": {
    en: "You have chosen your first password, and your account is ready. When you set up a second factor, one more letter says so.",
    zh: "您已设置首个密码，账户可以使用了。设置第二重验证时，您会再收到一封信。",
  },
  "letters.account_joined_not_you": {
    en: "If this was not you, somebody else has used your invitation: tell whoever runs {brand} at once.",
    zh: "如果不是您本人操作，说明有人使用了您的邀请，请立即告知 {brand} 的管理员。",
  },
  "letters.account_joined_short": {
    en: "{brand}: your account is ready. Not you? Tell whoever runs {brand} at once.",
    zh: "{brand}：您的账户已可使用。非本人操作请立即告知管理员。",
  },
  "letters.password_waits_title": { en: "Many wrong passwords for your account", zh: "有人多次输错您账户的密码" },
  "letters.password_waits": {
    en: "Somebody keeps trying passwords. For a while, browsers on which you never logged in must wait; those that you use are not held up. You need not do anything if your password is long and used nowhere else.",
    zh: "有人一直在尝试您账户的密码。一段时间内，在您从未登录过的浏览器中登录需要等待；您常用的浏览器不受影响。如果您的密码够长且未在别处使用，您无需做任何事。",
  },
  "letters.password_waits_short": {
    en: "{brand}: somebody keeps trying passwords for your account. You need not do anything if yours is long and used nowhere else.",
    zh: "{brand}：有人一直在尝试您账户的密码。如果您的密码够长且未在别处使用，无需处理。",
  },

  "letters.destination_shared_title": {
    en: "{destination, select, sms {A phone number} other {An email address}} of yours was added to another account",
    zh: "您的{destination, select, sms {手机号码} other {邮箱地址}}被添加到另一个账户",
  },
  "letters.destination_shared": {
    en: "{destination, select, sms {A phone number} other {An email address}} that protects your account at {brand} now also protects another one there: somebody proved that they receive messages at it. Nothing about your account has changed.",
    zh: "保护您 {brand} 账户的{destination, select, sms {手机号码} other {邮箱地址}}现在也用于保护另一个账户：有人证明了自己能收到发往该处的消息。您的账户没有任何变化。",
  },
  "letters.destination_shared_warning": {
    en: "If you share it with nobody, somebody else may be reading your codes. Log in, add another factor and remove this one.",
    zh: "如果您没有与他人共用，可能有人正在读取您的验证码。请登录，添加其他验证方式并移除此方式。",
  },
  "letters.destination_shared_short": {
    en: "{brand}: a number or address of yours was added to another account too. Nothing about yours changed. Not you? Log in and look.",
    zh: "{brand}：您的号码或地址也被添加到另一个账户。您的账户没有变化。非本人操作请登录查看。",
  },

  "letters.email_changed_title": { en: "Your email for logging in was changed", zh: "您用于登录的邮箱已更改" },
  "letters.email_changed": {
    en: "An administrator changed the email that you log in with. All your sessions have ended: log in again with the new one. Your password and your second factors are as they were.",
    zh: "管理员更改了您用于登录的邮箱。您在所有地方均已退出登录，请使用新邮箱重新登录。您的密码和第二重验证方式没有变化。",
  },
  "letters.email_changed_warning": {
    en: "If you did not expect this, ask whoever runs {brand} at once.",
    zh: "如果您对此不知情，请立即联系 {brand} 的管理员。",
  },
  "letters.email_changed_short": {
    en: "{brand}: your email for logging in was changed. If you did not expect this, ask an administrator at once.",
    zh: "{brand}：您用于登录的邮箱已更改。如果您对此不知情，请立即联系管理员。",
  },
  "letters.email_label": { en: "New email", zh: "新邮箱" },
  "letters.phone_changed_title": { en: "Your phone number for logging in was changed", zh: "您用于登录的手机号已更改" },
  "letters.phone_changed": {
    en: "An administrator changed the phone number that you can type instead of your email when you log in. Your password and your second factors are as they were.",
    zh: "管理员更改了您登录时可代替邮箱输入的手机号。您的密码和第二重验证方式没有变化。",
  },
  "letters.phone_changed_warning": {
    en: "If you did not expect this, ask whoever runs {brand}.",
    zh: "如果您对此不知情，请联系 {brand} 的管理员。",
  },
  "letters.phone_changed_short": {
    en: "{brand}: your phone number for logging in was changed. If you did not expect this, ask an administrator.",
    zh: "{brand}：您用于登录的手机号已更改。如果您对此不知情，请联系管理员。",
  },
  "letters.phone_label": { en: "Number", zh: "手机号" },
  "letters.no_phone_name": { en: "none", zh: "无" },
  "letters.device_forgotten_title": {
    en: "Too many wrong tries on a device of yours",
    zh: "您的一台设备上尝试次数过多",
  },
  "letters.device_forgotten": {
    en: "Wrong passwords or codes were typed ten times on a device that you have logged in with before. They were all refused, and the device now counts as an unknown one.",
    zh: "有人在您曾登录过的设备上输错了十次密码或验证码。所有尝试均被拒绝，该设备现在视为未知设备。",
  },
  "letters.device_forgotten_next": {
    en: "If that was you, there is nothing to do: it is known again after your next login. If not, somebody had it in their hands, or a copy of what its browser keeps.",
    zh: "如果是您本人，无需处理：下次登录后该设备会重新成为已知设备。如果不是，说明有人接触过该设备，或复制了其浏览器中保存的数据。",
  },
  "letters.device_forgotten_short": {
    en: "{brand}: ten wrong tries on a device of yours. They were refused.",
    zh: "{brand}：您的一台设备上有十次错误尝试，均已被拒绝。",
  },
  "letters.device_new_title": { en: "A new device logged in to your account", zh: "新设备登录了您的账户" },
  "letters.device_new": {
    en: "Somebody logged in on a browser that your account does not know, or no longer knows after a change of its password or factors. If it was you, all is well.",
    zh: "有人在一个您的账户不认识的浏览器上登录（更改密码或验证方式后，以前用过的浏览器也会变为不认识）。如果是您本人，则一切正常。",
  },
  "letters.device_new_short": {
    en: "{brand}: a new device logged in to your account. Not you? Log in and change your password at once.",
    zh: "{brand}：新设备登录了您的账户。非本人操作请立即登录并更改密码。",
  },
  "letters.second_step_wrong_title": {
    en: "Your password was right, the second step was not",
    zh: "密码正确，但第二步验证失败",
  },
  "letters.second_step_wrong": {
    en: "Somebody typed your right password and then wrong codes, so they did not get in. If it was you who mistyped, all is well. Otherwise somebody knows your password.",
    zh: "有人输入了您的正确密码，随后输入了错误的验证码，因此没有登录成功。如果是您本人输错，则一切正常。否则，说明有人知道您的密码。",
  },
  "letters.second_step_wrong_short": {
    en: "{brand}: somebody typed your right password, then wrong codes. Not you? Log in and change your password at once.",
    zh: "{brand}：有人输入了您的正确密码和错误的验证码。非本人操作请立即登录并更改密码。",
  },
  "letters.digest_title": { en: "It happened again: {what}", zh: "再次发生：{what}" },
  "letters.something_title": { en: "Something about your account", zh: "与您的账户有关的事" },
  "letters.digest": {
    en: "We wrote to you about this already. Since then it happened {count, plural, one {once more} other {# more times}}; this is about the first of them. So that your mailbox does not fill up, we write about it at most twice an hour.",
    zh: "我们已就此给您发过邮件。此后又发生了 {count} 次，本邮件说明的是其中第一次。为避免占满您的邮箱，此类邮件每小时最多发送两封。",
  },
  "letters.digest_short": {
    en: "{brand}: something that we wrote to you about happened again. Log in and look at your account.",
    zh: "{brand}：我们告知过您的情况再次发生。请登录查看您的账户。",
  },
  "letters.account_secured_title": { en: "Your account was closed to everybody", zh: "您的账户已暂停登录" },
  "letters.account_secured": {
    en: "Somebody pressed “This was not me” in one of our letters to you. Your password opens nothing any more, and everybody who was logged in to your account is logged out.",
    zh: "有人在我们发给您的邮件中点击了“这不是我本人”。您的密码已失效，您账户的所有登录均已退出。",
  },
  "letters.account_secured_next": {
    en: "You get in again with a new password. If you have not been shown how to choose one, ask whoever runs {brand} for a link; they were told too.",
    zh: "设置新密码后您即可重新登录。如果您没有看到设置新密码的页面，请向 {brand} 的管理员索要链接；管理员也已收到通知。",
  },
  "letters.account_secured_short": {
    en: '{brand}: your account was closed to everybody, because somebody pressed "This was not me". Choose a new password to get in.',
    zh: "{brand}：因有人点击“这不是我本人”，您的账户已暂停登录。设置新密码后可重新登录。",
  },
  "letters.account_contained_title": { en: "{who} says: this was not me", zh: "{who} 表示：这不是我本人" },
  "letters.account_contained": {
    en: "They got a letter about their account and pressed “This was not me”. Their password opens nothing any more and they are logged out everywhere. Talk to them by a way that you trust, and see what happened before that.",
    zh: "此人收到一封关于其账户的邮件，并点击了“这不是我本人”。其密码已失效，所有登录均已退出。请通过可信的方式与其联系，并查明此前发生了什么。",
  },
  "letters.account_contained_short": {
    en: '{brand}: {who} pressed "This was not me". Their password opens nothing any more. Talk to them.',
    zh: "{brand}：{who} 点击了“这不是我本人”。其密码已失效。请与其联系。",
  },
  "letters.budget_title": {
    en: "Today’s budget for {channel, select, sms {text messages} other {codes by mail}} {level, select, nearly {is nearly spent} spent {is spent} other {is half spent, by new addresses}}",
    zh: "今日{channel, select, sms {短信} other {邮件验证码}}额度{level, select, nearly {即将用完} spent {已用完} other {已有一半被新地址用掉}}",
  },
  "letters.budget_nearly": {
    en: "More than four fifths of the {limit} {channel, select, sms {text messages} other {codes by mail}} that may leave in one day have left.",
    zh: "每天最多可发送 {limit} {channel, select, sms {条短信} other {封验证码邮件}}，今日已用去五分之四以上。",
  },
  "letters.budget_spent": {
    en: "All {limit} {channel, select, sms {text messages} other {codes by mail}} that may leave in one day have left. Until the day is over, people get such codes only in browsers where they have logged in before, two each; everybody else needs another way in.",
    zh: "每天最多可发送 {limit} {channel, select, sms {条短信} other {封验证码邮件}}，今日已全部用完。在这一天结束之前，只有在以前登录过的浏览器中还能收到验证码，每人两次；其他人需要使用别的方式登录。",
  },
  "letters.budget_claimed": {
    en: "Half of the {limit} {channel, select, sms {text messages} other {codes by mail}} that may leave in one day went to {channel, select, sms {numbers} other {addresses}} that were not bound yet. Until the day is over no other new one can be bound. Whoever has bound theirs is not affected.",
    zh: "每天最多可发送 {limit} {channel, select, sms {条短信} other {封验证码邮件}}，其中一半已发往尚未绑定的{channel, select, sms {号码} other {地址}}。在这一天结束之前，不再接受新的绑定。已完成绑定的人不受影响。",
  },
  "letters.budget_next": {
    en: "Please look at the events of today: many different numbers or addresses within a short time mean that somebody wastes your money. If your people simply need more, raise {setting}.",
    zh: "请查看今天的事件记录：如果短时间内出现大量不同的号码或地址，说明有人在浪费您的费用。如果只是正常使用量增加，请调高 {setting}。",
  },
  "letters.budget_short": {
    en: "{brand}: today''s budget for {channel, select, sms {text messages} other {codes by mail}} is used up or nearly so. A mail says more.",
    zh: "{brand}：今日{channel, select, sms {短信} other {邮件验证码}}额度已用完或即将用完。详情请见邮件。",
  },
} as const satisfies Words;
