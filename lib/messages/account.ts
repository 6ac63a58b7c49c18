import type { Words } from "@/lib/messages/words-shape";

/** The words of the account's own pages. */
export const accountMessages = {
  "security.page_title": { en: "Account security", zh: "账户安全" },
  "security.protected": {
    en: "Your account is protected by {factors, plural, one {one factor} other {# factors}} besides your password, and you have {codes, plural, one {one recovery code} other {# recovery codes}}.",
    zh: "除密码外，您的账户还受 {factors} 种验证方式保护，并有 {codes} 个恢复代码。",
  },
  "security.no_codes": {
    en: "Your account is protected by {factors, plural, one {one factor} other {# factors}} besides your password, but you have no recovery code.",
    zh: "除密码外，您的账户还受 {factors} 种验证方式保护，但没有恢复代码。",
  },
  "security.few_codes": {
    en: "Your account is protected by {factors, plural, one {one factor} other {# factors}} besides your password, but you have only {codes, plural, one {one recovery code} other {# recovery codes}} left.",
    zh: "除密码外，您的账户还受 {factors} 种验证方式保护，但只剩 {codes} 个恢复代码。",
  },
  "security.mailbox_alone": {
    en: "Besides your password only your mailbox protects this account, and whoever reads your mail may get both.",
    zh: "除密码外，此账户仅由您的邮箱保护，而能查看您邮件的人可能同时取得两者。",
  },
  "security.all_closed": {
    en: "After too many wrong codes {count, plural, one {your second factor is closed} other {your second factors are closed}}: until {count, plural, one {it is} other {one is}} set up again, the second step is a recovery code, and you have {codes, plural, =0 {none} one {one} other {#}}.",
    zh: "由于错误次数过多，您的 {count} 种第二重验证方式已停用：重新设置之前，第二步验证只能使用恢复代码，您有 {codes} 个。",
  },
  "security.some_closed": {
    en: "After too many wrong codes {count, plural, one {one of your second factors is closed and protects} other {# of your second factors are closed and protect}} nothing.",
    zh: "由于错误次数过多，您有 {count} 种第二重验证方式已停用，不再起保护作用。",
  },
  "security.closed_elsewhere": {
    en: "After too many wrong codes {count, plural, one {one of your second factors works} other {# of your second factors work}} only in browsers that know you.",
    zh: "由于错误次数过多，您有 {count} 种第二重验证方式只能在您用过的浏览器中使用。",
  },
  "security.unprotected": {
    en: "Only your password protects this account.",
    zh: "此账户目前只有密码保护。",
  },
  "security.add_first_link": {
    en: "Set up a second step, so that a stolen password alone opens nothing",
    zh: "设置第二重验证，这样即使密码被盗也无法登录",
  },
  "security.add_stronger_link": { en: "Add a stronger way in", zh: "添加更强的验证方式" },
  "security.add_second_link": { en: "Add a second way in: you have only one", zh: "再添加一种验证方式：目前只有一种" },
  "security.set_up_again_link": { en: "Set it up again", zh: "重新设置" },
  "security.make_codes_link": { en: "Make recovery codes", zh: "生成恢复代码" },
  "security.came_by_recovery": {
    en: "You proved who you are with a recovery code. If what you normally use is lost or broken, replace it now: “Manage” beside it does that.",
    zh: "您刚才使用了恢复代码证明身份。如果平时使用的方式已丢失或损坏，请现在替换：点击它旁边的“管理”。",
  },
  "security.must_enrol": {
    en: "Your organisation asks for a second factor. Set one up to go on.",
    zh: "您的组织要求使用第二重验证。请完成设置以继续。",
  },
  "security.must_enrol_more": {
    en: "Your organisation asks for {missing, plural, one {one more second factor} other {# more second factors}}. Set {missing, plural, one {it} other {them}} up to go on.",
    zh: "您的组织要求再设置 {missing} 种第二重验证方式。请完成设置以继续。",
  },
  "security.must_enrol_besides_email": {
    en: "Your organisation asks for {missing, plural, one {a second factor} other {# second factors}} besides codes by email, which do not count here. Set {missing, plural, one {it} other {them}} up to go on.",
    zh: "您的组织要求设置 {missing} 种第二重验证方式，邮件验证码不计算在内。请完成设置以继续。",
  },
  "security.demand_comes": {
    en: "From {day} your organisation asks for {count, plural, one {a second factor} other {# second factors}}. Set {missing, plural, one {one} other {#}} up now; it takes two minutes.",
    zh: "自{day}起，您的组织要求使用{count, plural, =1 {第二重验证} other { # 种第二重验证方式}}。请现在设置 {missing} 种，只需两分钟。",
  },
  "security.back_link": { en: "Account security", zh: "账户安全" },
  "lock.link": { en: "Lock my account", zh: "锁定我的账户" },
  "lock.page_title": { en: "Lock my account", zh: "锁定我的账户" },
  "lock.question_title": { en: "Lock your account?", zh: "要锁定您的账户吗？" },
  "lock.ends": {
    en: "For when you think that somebody else is in it. Everybody is logged out at once, you too, no browser is known or trusted any more, and your password opens nothing.",
    zh: "当您怀疑有人进入了您的账户时使用。所有登录（包括您自己的）会立即退出，不再有已知或受信任的浏览器，您的密码也将失效。",
  },
  "lock.back": {
    en: "You cannot undo it here. “Forgot your password?” on the login page leads to a new one, or whoever runs this portal gives you a link. They are told, and so are you, at every address that you have confirmed.",
    zh: "此操作无法在这里撤销。您可通过登录页的“忘记密码？”设置新密码，或向门户的管理员索要链接。管理员会收到通知，您已确认的所有地址也会收到通知。",
  },
  "lock.back_admin": {
    en: "You cannot undo it here. “Forgot your password?” on the login page leads to a new one; or another administrator, or whoever has the command line, gives you a link. They are told, and so are you, at every address that you have confirmed.",
    zh: "此操作无法在这里撤销。您可通过登录页的“忘记密码？”设置新密码，或向其他管理员或能使用命令行的人索要链接。他们会收到通知，您已确认的所有地址也会收到通知。",
  },
  "lock.button": { en: "Lock my account", zh: "锁定我的账户" },
  "lock.keep_link": { en: "Leave it as it is", zh: "保持不变" },
  "lock.done": {
    en: "Your account is locked. “Forgot your password?” leads to a new password, or whoever runs this portal gives you a link.",
    zh: "您的账户已锁定。您可通过“忘记密码？”设置新密码，或向门户的管理员索要链接。",
  },
  "security.password_title": { en: "Password", zh: "密码" },
  "security.password_changed": { en: "Last changed {when}.", zh: "上次更改：{when}。" },
  "security.password_link": { en: "Change password", zh: "更改密码" },
  "security.factors_title": { en: "Second factors", zh: "第二重验证" },
  "security.factors_none": {
    en: "You have none yet. An app on your phone shows a new code every 30 seconds.",
    zh: "您还没有设置。手机上的应用每 30 秒显示一个新验证码，可用于第二步验证。",
  },
  "security.factors_some": {
    en: "{count, plural, one {One is set up.} other {# are set up.}}",
    zh: "已设置 {count} 种。",
  },
  "security.add_factor_button": { en: "Add authenticator app", zh: "添加身份验证器应用" },
  "security.add_another_button": { en: "Add a second factor", zh: "添加第二重验证" },
  "security.manage_link": { en: "Manage", zh: "管理" },
  "security.manage_label": { en: "Manage {label}", zh: "管理 {label}" },
  "security.quarantined_label": { en: "Set up again", zh: "需重新设置" },
  "security.added_used": { en: "Added {added}, last used {used}.", zh: "添加于 {added}，上次使用：{used}。" },
  "security.added_unused": { en: "Added {added}, not used since.", zh: "添加于 {added}，尚未使用。" },
  "security.codes_title": { en: "Recovery codes", zh: "恢复代码" },
  "security.codes_left": {
    en: "{count, plural, =0 {No code is left. Make a new set.} one {One code is left. Make a new set soon.} other {# codes are left.}}",
    zh: "{count, plural, =0 {没有剩余代码。请生成新的一组。} other {剩余 # 个代码。}}",
  },
  "security.codes_link": { en: "Manage recovery codes", zh: "管理恢复代码" },
  "factors.new_title": { en: "Add a second factor", zh: "添加第二重验证" },
  "factors.new_intro": {
    en: "Choose how you want to confirm your logins from now on. The safest way comes first.",
    zh: "请选择今后确认登录的方式。最安全的方式排在最前。",
  },
  "factors.start_button": { en: "Start", zh: "开始" },
  "factors.start_label": { en: "Start: {name}", zh: "开始：{name}" },
  "factors.enrol_title": { en: "Set up a second factor", zh: "设置第二重验证" },
  "factors.replace_title": { en: "Replace {label}", zh: "替换 {label}" },
  "factors.replace_intro": {
    en: "What you have now keeps working until the new one is confirmed.",
    zh: "在确认新的验证方式之前，现有的仍然有效。",
  },
  "factors.nothing_pending": {
    en: "No set-up is waiting here: it was finished, expired or was cancelled.",
    zh: "这里没有未完成的设置：可能已完成、已过期或已取消。",
  },
  "factors.open_link": { en: "Open in your authenticator app", zh: "在身份验证器应用中打开" },
  "factors.open_hint": {
    en: "On this phone, the link adds it to your app.",
    zh: "在这部手机上，点此即可添加到应用。",
  },
  "factors.scan": { en: "Scan this picture with your app.", zh: "用身份验证器应用扫描此二维码。" },
  "factors.qr_label": { en: "QR code for your authenticator app", zh: "身份验证器应用的二维码" },
  "factors.secret_label": { en: "Can't scan it?", zh: "无法扫描？" },
  "factors.secret_hint": {
    en: "Type this key into your app instead. It is time based, six digits.",
    zh: "请在应用中手动输入此密钥。类型请选“基于时间”，6 位数字。",
  },
  "factors.label_label": { en: "Name", zh: "名称" },
  "factors.label_hint": {
    en: "So that you know it again, for example “Work” or the name of your phone.",
    zh: "方便您辨认，例如“工作”或手机的名称。",
  },
  "factors.confirm_hint": { en: "Type the six digits that the app shows now.", zh: "输入应用当前显示的六位数字。" },
  "factors.confirm_button": { en: "Confirm", zh: "确认" },
  "factors.cancel_button": { en: "Cancel", zh: "取消" },
  "factors.rename_title": { en: "Rename", zh: "重命名" },
  "factors.rename_button": { en: "Save name", zh: "保存名称" },
  "factors.renamed": { en: "The name is saved.", zh: "名称已保存。" },
  "factors.replace_button": { en: "Replace", zh: "替换" },
  "factors.replace_text": {
    en: "A new phone, app, number or address: set up the new one here, and the old one stops at that moment.",
    zh: "更换手机、应用、号码或邮箱时，请在这里设置新的。设置完成后，旧的立即停用。",
  },
  "factors.closed_here": {
    en: "After too many wrong codes, codes of this kind are not accepted any more. Replace it: once everything of this kind is set up anew, they count again.",
    zh: "由于错误次数过多，此类验证码不再被接受。请替换：此类验证方式全部重新设置后即可恢复使用。",
  },
  "factors.closed_elsewhere": {
    en: "After too many wrong codes, codes of this kind are accepted only in browsers that know you. Replace it: once everything of this kind is set up anew, they count everywhere again.",
    zh: "由于错误次数过多，此类验证码只能在您用过的浏览器中使用。请替换：此类验证方式全部重新设置后即可在各处恢复使用。",
  },
  "factors.remove_title": { en: "Remove", zh: "移除" },
  "factors.remove_button": { en: "Remove", zh: "移除" },
  "factors.remove_last": {
    en: "After that only your password protects the account, and your recovery codes are void.",
    zh: "移除后，账户将只有密码保护，恢复代码也会失效。",
  },
  "factors.remove_some": {
    en: "After that {left, plural, one {one other factor still protects} other {# other factors still protect}} your account.",
    zh: "移除后，还有 {left} 种其他验证方式保护您的账户。",
  },
  "factors.remove_closed_left": {
    en: "After that nothing is left whose codes are accepted: what you have besides is closed until you set it up again. Do that first, or keep your recovery codes at hand.",
    zh: "移除后，将没有可以使用的验证码：您的其他方式已停用，需要重新设置。请先完成设置，或备好您的恢复代码。",
  },
  "factors.remove_question_title": { en: "Remove {label}?", zh: "要移除 {label} 吗？" },
  "factors.remove_ends": {
    en: "Every other browser where you are logged in will be logged out.",
    zh: "其他浏览器将退出登录。",
  },
  "factors.remove_link": { en: "Remove", zh: "移除" },
  "factors.keep_link": { en: "Keep it", zh: "保留" },
  "factors.remove_forbidden": {
    en: "Your organisation asks for a second factor and this is your last one, so it can be replaced but not removed.",
    zh: "您的组织要求使用第二重验证，而这是您的最后一个验证方式，因此只能替换，不能移除。",
  },
  "factors.remove_needed": {
    en: "Your organisation asks for {count, plural, one {a second factor} other {# second factors}}, and the others would not be enough, so this one can be replaced but not removed.",
    zh: "您的组织要求 {count} 种第二重验证方式，移除此项后其余不足，因此只能替换，不能移除。",
  },
  "codes.page_title": { en: "Recovery codes", zh: "恢复代码" },
  "codes.intro": {
    en: "When your phone is lost, one of these codes is the second step. Each works once, and a new one takes its place.",
    zh: "手机丢失时，可用其中一个代码完成第二步验证。每个代码只能使用一次，使用后会得到一个新代码。",
  },
  "codes.new_button": { en: "Make new codes", zh: "生成新代码" },
  "codes.new_text": { en: "New codes make all earlier ones void.", zh: "生成新代码后，之前的所有代码都会失效。" },
  "codes.new_question_title": { en: "Make new codes?", zh: "要生成新代码吗？" },
  "codes.new_question": {
    en: "{left, plural, =0 {You have no unused code left.} one {The code that you still have stops working at once, on paper and in files too.} other {The # codes that you still have stop working at once, on paper and in files too.}}",
    zh: "{left, plural, =0 {您已没有未使用的代码。} other {您现有的 # 个代码会立即失效，包括打印或保存的代码。}}",
  },
  "codes.new_next": {
    en: "The next page shows ten new ones. Have a place ready to keep them.",
    zh: "下一页将显示十个新代码。请准备好保存的地方。",
  },
  "codes.keep_link": { en: "Keep the ones I have", zh: "保留现有代码" },
  "codes.none": {
    en: "You get recovery codes as soon as you have set up a second factor.",
    zh: "设置第二重验证后，您就会得到恢复代码。",
  },
  "codes.once": {
    en: "Save them where you keep papers, not on the phone that shows your codes. Once you say that you have, or a quarter of an hour has passed, they are never shown again.",
    zh: "恢复代码只显示这一次。请与重要文件一起保管，不要存放在显示验证码的手机上。您确认已保存后，或 15 分钟后，将不再显示。",
  },
  "codes.wait": {
    en: "{count, plural, one {A new recovery code waits} other {New recovery codes wait}} until you have saved {count, plural, one {it} other {them}}. After a quarter of an hour {count, plural, one {it is} other {they are}} never shown again.",
    zh: "{count, plural, other {有 # 个新的恢复代码}}等待您保存。15 分钟后将不再显示。",
  },
  "codes.wait_link": { en: "Show and save", zh: "显示并保存" },
  "codes.use": {
    en: "How to use a code: log in at the address above with your password, choose “Try another way”, then “One of your recovery codes”. Each works once.",
    zh: "使用方法：在上面的地址用密码登录，选择“换一种方式”，再选择“您的恢复代码”。每个代码只能使用一次。",
  },
  "codes.replacement": {
    en: "The code that you used is spent. This one takes its place: write it beside the others.",
    zh: "您使用的代码已失效。请用这个新代码代替它，并与其他代码写在一起。",
  },
  "codes.keep_apart": { en: "Do not keep this sheet with the phone.", zh: "请勿将此页与手机放在一起。" },
  "codes.portal": { en: "Portal: {name}.", zh: "门户：{name}。" },
  "codes.address_label": { en: "Address: {url}", zh: "地址：{url}" },
  "codes.account": { en: "Account: {email}.", zh: "账户：{email}。" },
  "codes.made": { en: "Made on {at, date, medium} UTC.", zh: "生成时间：{at, date, medium} UTC。" },
  "codes.saved_one_button": { en: "I have saved this code", zh: "我已保存此代码" },
  "codes.saved_button": { en: "I have saved these codes", zh: "我已保存这些代码" },
  "codes.nothing": {
    en: "There is nothing to show: recovery codes are shown only once.",
    zh: "没有可显示的内容：恢复代码只显示一次。",
  },
  "codes.replaced_elsewhere": {
    en: "New codes were made in another tab. The ones that you saved here open nothing any more: save the new ones instead.",
    zh: "另一个标签页中已生成新的代码。您在此处保存的代码已失效，请改为保存新的代码。",
  },
  "codes.newest_link": { en: "Show the new codes", zh: "显示新代码" },
  "password.page_title": { en: "Change password", zh: "更改密码" },
  "password.page_intro": {
    en: "Every other browser where you are logged in will be logged out.",
    zh: "更改后，其他浏览器将退出登录。",
  },
  "password.current_label": { en: "Current password", zh: "当前密码" },
  "password.new_label": { en: "New password", zh: "新密码" },
  "password.submit_button": { en: "Change password", zh: "更改密码" },
  "notice.password_changed": {
    en: "Your password is changed. {count, plural, =0 {You were logged in nowhere else.} one {One other session was ended.} other {# other sessions were ended.}}",
    zh: "密码已更改。{count, plural, =0 {您没有在其他地方登录。} other {其他 # 处登录已退出。}}",
  },
  "notice.factor_bound": {
    en: "Your second factor is set up. {count, plural, =0 {You were logged in nowhere else.} one {One other session was ended.} other {# other sessions were ended.}}",
    zh: "第二重验证已设置。{count, plural, =0 {您没有在其他地方登录。} other {其他 # 处登录已退出。}}",
  },
  "notice.factor_removed": {
    en: "The second factor is removed. {count, plural, =0 {You were logged in nowhere else.} one {One other session was ended.} other {# other sessions were ended.}}",
    zh: "第二重验证已移除。{count, plural, =0 {您没有在其他地方登录。} other {其他 # 处登录已退出。}}",
  },
  "notice.codes_saved": {
    en: "Good. Your recovery codes are ready for the day you need them.",
    zh: "恢复代码已备好，需要时即可使用。",
  },
} as const satisfies Words;
