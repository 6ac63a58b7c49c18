import type { Words } from "@/lib/messages/words-shape";

export const userMessages = {
  "password.too_short": {
    en: "This password is too short. Use at least {minimum, plural, one {# character} other {# characters}}; a few words in a row are easy to remember.",
    zh: "密码太短。请至少使用 {minimum} 个字符；把几个词连在一起就很好记。",
  },
  "password.too_long": { en: "This password is too long. Use at most 1024 bytes.", zh: "密码太长。最多 1024 字节。" },
  "password.too_common": {
    en: "This password is easy to guess: it is on the lists that attackers try first. Choose one that only you would think of.",
    zh: "这个密码很容易被猜到：攻击者最先尝试的密码里就有它。请换一个只有您才会想到的密码。",
  },
  "password.only_names": {
    en: "This password is made of names only: yours, or this site’s. Anybody can look them up; add words that only you would think of.",
    zh: "这个密码只包含您的名字或本站的名称，任何人都能查到。请加入只有您才会想到的词。",
  },
  "password.same_as_before": {
    en: "This is the password that you have now. Choose a new one.",
    zh: "这就是您当前的密码。请换一个新密码。",
  },
  "password.wrong_current": {
    en: "That is not your current password. Please type it again.",
    zh: "当前密码不正确。请重新输入。",
  },
  "password.logged_out": {
    en: "That is not your current password. After five wrong ones you are logged out here: please log in again and then change it.",
    zh: "当前密码不正确。由于输错五次，您已在此浏览器中退出登录。请重新登录，然后再更改密码。",
  },
  "password.malformed": { en: "Please fill in both passwords.", zh: "请填写当前密码和新密码。" },
  "account.bad_phone": {
    en: "This is no phone number that we can read. Type it with its country code, such as +1 202 555 0123.",
    zh: "无法识别此号码。请带国家/地区代码输入，例如 +86 138 0013 8000。",
  },
  "account.email_taken": {
    en: "Another account logs in with this email already. Please choose another one.",
    zh: "已有其他账户使用此邮箱登录。请使用其他邮箱。",
  },
  "account.email_same": {
    en: "This account logs in with this email already. Nothing was changed.",
    zh: "此账户已在使用此邮箱登录，未作任何更改。",
  },
  "account.last_administrator": {
    en: "Nobody else can log in as an administrator. Nothing was changed: make another administrator first, by people add EMAIL --admin.",
    zh: "没有其他管理员可以登录，未作任何更改。请先用 people add EMAIL --admin 添加另一位管理员。",
  },
  "account.disabled_already": {
    en: "This account is disabled already. Nothing was changed.",
    zh: "此账户已停用，未作任何更改。",
  },
  "account.not_disabled": {
    en: "This account is not disabled. Nothing was changed.",
    zh: "此账户未停用，未作任何更改。",
  },
  "account.phone_same": {
    en: "This account logs in with this phone number already. Nothing was changed.",
    zh: "此账户已在使用此手机号登录，未作任何更改。",
  },
  "account.username_taken": {
    en: "Another account has this username already. Please choose another one.",
    zh: "已有其他账户使用此用户名。请换一个。",
  },
  "account.name_too_long": {
    en: "A name has at most 64 characters on one line. Please shorten it.",
    zh: "名称最多 64 个字符，且只能有一行。请缩短。",
  },
  "account.bad_photo": {
    en: "This is no address of a picture that we can keep: it begins with https:// and has at most 1024 characters.",
    zh: "无法保存此图片地址：地址须以 https:// 开头，最多 1024 个字符。",
  },
  "account.phone_taken": {
    en: "Another account logs in with this phone number already. Please choose another one.",
    zh: "已有其他账户使用此手机号登录。请使用其他号码。",
  },
  "account.changed_meanwhile": {
    en: "Your account changed in the meantime, in another window or on another device. Please look at it again and repeat the last step.",
    zh: "在此期间，您的账户在其他窗口或设备上有了改动。请重新查看，然后再做一次刚才的操作。",
  },
} as const satisfies Words;
