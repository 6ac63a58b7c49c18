import type { Words } from "@/lib/messages/words-shape";

export const passkeyMessages = {
  "passkey.kind_name": { en: "Passkey", zh: "通行密钥" },
  "passkey.way_link": { en: "A passkey or security key", zh: "通行密钥或安全密钥" },
  "passkey.offer": {
    en: "Your fingerprint, face, PIN or a security key. Nobody can lure it out of you on a false page.",
    zh: "使用指纹、面容、PIN 码或安全密钥。虚假网页无法骗取它。",
  },
  "passkey.set_up_title": { en: "Add a passkey", zh: "添加通行密钥" },
  "passkey.set_up_text": {
    en: "Your browser asks where it should be kept: on this device, on a phone, or on a security key.",
    zh: "浏览器会询问保存位置：此设备、手机或安全密钥。",
  },
  "passkey.create_button": { en: "Make a passkey", zh: "创建通行密钥" },
  "passkey.use_button": { en: "Use a passkey", zh: "使用通行密钥" },
  "passkey.use_former_button": { en: "Use a passkey of {name}", zh: "使用 {name} 的通行密钥" },
  "passkey.challenge_text": {
    en: "Confirm with a passkey or security key of yours. Your browser asks you for it.",
    zh: "请使用您的通行密钥或安全密钥进行验证，浏览器会提示您操作。",
  },
  "passkey.needs_scripts": {
    en: "A passkey needs JavaScript, which is off in this browser.",
    zh: "通行密钥需要 JavaScript，而此浏览器已将其关闭。",
  },
  "passkey.no_scripts": {
    en: "A passkey needs JavaScript, which is off in this browser. Choose another way, or switch it on.",
    zh: "通行密钥需要 JavaScript，而此浏览器已将其关闭。请选择其他方式，或启用 JavaScript。",
  },
  "passkey.here_already": {
    en: "This device or key holds a passkey of yours already. Use another one if you want a second.",
    zh: "此设备或密钥中已有您的通行密钥。如需再添加一个，请使用其他设备或密钥。",
  },
  "passkey.synced_label": { en: "synced", zh: "已同步" },
  "passkey.bound_label": { en: "this device only", zh: "仅限此设备" },
  "passkey.unasked_label": { en: "made by your browser", zh: "由浏览器创建" },
  "passkey.second_label": { en: "second step only", zh: "仅作第二步" },
  "passkey.former_label": { en: "of the portal’s former address", zh: "属于门户的旧地址" },
  "passkey.given_up_label": { en: "no longer accepted", zh: "已不再接受" },
  "passkey.synced_meaning": {
    en: "A synced passkey comes along to your other devices. Whoever gets into the account that carries it there has it too, so guard that one as well.",
    zh: "“已同步”的通行密钥会出现在您的其他设备上。能进入同步所用账户的人也会拥有它，因此也请保护好该账户。",
  },
  "passkey.bound_meaning": {
    en: "A passkey of this device only is gone when that device or key is lost or wiped. Have another way in before that happens.",
    zh: "“仅限此设备”的通行密钥会随设备或密钥的丢失、重置而消失。请提前准备另一种登录方式。",
  },
  "passkey.unasked_meaning": {
    en: "Your browser made a passkey after a login with your password. It is a second step; once it has been one, with your PIN, finger or face, it opens the account by itself. Remove it if you do not want it: none is made again for some time.",
    zh: "浏览器在您用密码登录后创建了通行密钥。它先作为第二步验证；以 PIN 码、指纹或面容完成一次后，即可单独用于登录。如不需要请将其移除，一段时间内不会再次创建。",
  },
  "passkey.second_meaning": {
    en: "One that is a second step only is asked for after your password. If that key takes a PIN or a fingerprint, set one up on it, then choose “Replace” under “Manage” with the same key: from then on it opens the account by itself.",
    zh: "“仅作第二步”的密钥需在输入密码后使用。如果该密钥支持 PIN 码或指纹，请先在密钥上设置，然后在“管理”中选择“替换”并使用同一密钥：之后它可单独用于登录。",
  },
  "passkey.former_meaning": {
    en: "A passkey of the former address works while the portal still answers for that. Add one here, then remove it.",
    zh: "属于旧地址的通行密钥仅在门户仍认可旧地址期间有效。请先在此添加新的，再将其移除。",
  },
  "passkey.given_up_meaning": {
    en: "One that is no longer accepted belongs to an address that the portal has given up. It opens nothing: remove it.",
    zh: "“已不再接受”的通行密钥属于门户已弃用的地址，无法再用于登录，请将其移除。",
  },
  "passkey.malformed": {
    en: "The answer of your browser could not be read. Try again, or choose another way.",
    zh: "无法读取浏览器返回的结果。请重试，或选择其他方式。",
  },
  "passkey.wrong": {
    en: "That passkey was not accepted here. Try again, or choose another way.",
    zh: "此通行密钥未被接受。请重试，或选择其他方式。",
  },
  "passkey.unverified": {
    en: "That passkey did not make sure that it is you: it asked for no PIN, finger or face. Log in with your password first; then the key serves as second step.",
    zh: "此密钥未验证您的身份（未要求 PIN 码、指纹或面容）。请先使用密码登录，然后将此密钥作为第二步验证。",
  },
  "passkey.unknown": {
    en: "Nobody here has that passkey. It may have been removed: log in another way.",
    zh: "这里没有该通行密钥，它可能已被移除。请使用其他方式登录。",
  },
  "passkey.unknown_since": {
    en: "This portal was set back to an earlier day and knows nobody with that passkey. Log in another way, then add it again.",
    zh: "此门户已恢复到较早的日期，不认识该通行密钥。请使用其他方式登录，然后重新添加。",
  },
  "passkey.late": {
    en: "This page was open for too long. Press the button once more.",
    zh: "此页面打开时间过长。请再按一次按钮。",
  },
  "passkey.closed": {
    en: "Your account was secured after something that was not you. Choose a new password first; until then no passkey opens it.",
    zh: "您的账户因异常活动已被锁定保护。请先设置新密码，在此之前任何通行密钥都无法登录。",
  },
  "passkey.set_back": {
    en: "This portal was set back to an earlier day. Log in with your password this once, and give your passkey as the second step; from then on it opens both doors again.",
    zh: "此门户已恢复到较早的日期。请本次先使用密码登录，再以通行密钥完成第二步验证；之后即可再次仅用通行密钥登录。",
  },
  "passkey.yours_already": {
    en: "You have added this passkey already. Use another one if you want a second.",
    zh: "您已添加过此通行密钥。如需再添加一个，请使用其他密钥。",
  },
  "passkey.not_kept": {
    en: "The passkey that your browser made was not kept. Nothing has changed.",
    zh: "未保留浏览器创建的通行密钥，一切保持不变。",
  },
  "passkey.not_new": {
    en: "This passkey cannot be added here. Make a new one on this device, or use another key.",
    zh: "无法在此添加该通行密钥。请在此设备上创建新的通行密钥，或使用其他密钥。",
  },
} as const satisfies Words;
