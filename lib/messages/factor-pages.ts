import type { Words } from "@/lib/messages/words-shape";

/** The words of the account's pages about factors and recovery codes. */
export const factorPageMessages = {
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
  "factors.or_scan": { en: "Or scan this picture with your app.", zh: "或用身份验证器应用扫描此二维码。" },
  "factors.qr_label": { en: "QR code for your authenticator app", zh: "身份验证器应用的二维码" },
  "factors.secret_label": { en: "Can’t scan it?", zh: "无法扫描？" },
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
    en: "A new phone, key, app, number or address: set up the new one here. The next page says when the old one stops.",
    zh: "更换手机、密钥、应用、号码或邮箱时，请在这里设置新的。下一页会说明旧的何时停用。",
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
    zh: "您的组织要求使用第二重验证，而这是您的最后一种验证方式，因此只能替换，不能移除。",
  },
  "factors.remove_needed": {
    en: "Your organisation asks for {count, plural, one {a second factor} other {# second factors}}, and the others would not be enough, so this one can be replaced but not removed.",
    zh: "您的组织要求 {count} 种第二重验证方式，移除此项后其余不足，因此只能替换，不能移除。",
  },
  "codes.page_title": { en: "Recovery codes", zh: "恢复代码" },
  "codes.intro": {
    en: "When your second factor is lost, one of these codes is the second step. Each works once, and a new one takes its place.",
    zh: "第二重验证方式丢失时，可用其中一个代码完成第二步验证。每个代码只能使用一次，使用后会得到一个新代码。",
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
    en: "Save them where you keep papers, not on the device that they stand in for. Once you say that you have, or a quarter of an hour has passed, they are never shown again.",
    zh: "请将恢复代码与重要文件一起保管，不要存放在用于第二步验证的设备上。一旦您确认已保存，或 15 分钟过后，这些代码将不再显示。",
  },
  "codes.wait": {
    en: "{count, plural, one {A new recovery code waits} other {New recovery codes wait}} until you have saved {count, plural, one {it} other {them}}. After a quarter of an hour {count, plural, one {it is} other {they are}} never shown again.",
    zh: "{count, plural, other {有 # 个新的恢复代码}}等待您保存。15 分钟后将不再显示。",
  },
  "codes.wait_link": { en: "Show and save", zh: "显示并保存" },
  "codes.unsaved": {
    en: "{others, plural, =0 {{count, plural, one {It was} other {They were}}} other {{count, plural, one {One of them was} other {# of them were}}}} made on {at, date, medium} UTC, but never confirmed as saved. {count, plural, one {It works, if you have it} other {They work, if you have them}}. If not, make new codes.",
    zh: "{others, plural, =0 {这些代码} other {其中 {count} 个}}于 {at, date, medium} UTC 生成，但从未确认已保存。如果您已保存，这些代码可以使用；如果没有，请生成新代码。",
  },
  "codes.use": {
    en: "How to use a code: log in at the address above with your password, choose “Try another way”, then “One of your recovery codes”. Each works once.",
    zh: "使用方法：在上面的地址用密码登录，选择“换一种方式”，再选择“您的恢复代码”。每个代码只能使用一次。",
  },
  "codes.replacement": {
    en: "The code that you used is spent. This one takes its place: write it beside the others.",
    zh: "您使用的代码已失效。请用这个新代码代替它，并与其他代码写在一起。",
  },
  "codes.keep_apart": {
    en: "Do not keep this sheet with the device that it stands in for.",
    zh: "请勿将此页与用于第二步验证的设备放在一起。",
  },
  "codes.portal": { en: "Portal: {name}.", zh: "门户：{name}。" },
  "codes.address_label": { en: "Address: {url}", zh: "地址：{url}" },
  "codes.account": { en: "Account: {email}.", zh: "账户：{email}。" },
  "codes.made": { en: "Made on {at, date, medium} UTC.", zh: "生成时间：{at, date, medium} UTC。" },
  "codes.saved_one_button": { en: "I have saved this code", zh: "我已保存此代码" },
  "codes.saved_button": { en: "I have saved these codes", zh: "我已保存这些代码" },
  "codes.nothing": {
    en: "There is nothing to show: recovery codes are shown until they are saved, and for a quarter of an hour at most.",
    zh: "没有可显示的内容：恢复代码只显示到您确认已保存为止，最多 15 分钟。",
  },
  "codes.replaced_elsewhere": {
    en: "New codes were made in another tab. The ones that you saved here open nothing any more: save the new ones instead.",
    zh: "另一个标签页中已生成新的代码。您在此处保存的代码已失效，请改为保存新的代码。",
  },
  "codes.void": {
    en: "The codes that you saved here open nothing any more: new ones were made meanwhile, or these were made void. Look at what you have now.",
    zh: "您在此处保存的代码已失效：期间已生成新代码，或这些代码已作废。请查看您现有的代码。",
  },
  "codes.newest_link": { en: "Show the new codes", zh: "显示新代码" },
} as const satisfies Words;
