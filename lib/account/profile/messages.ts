import type { Words } from "@/lib/messages/words-shape";

/** The words of the page about what somebody is called. */
export const profileMessages = {
  "profile.page_title": { en: "Profile", zh: "个人资料" },
  "profile.intro": {
    en: "What apps may call you. Nothing of it is needed to log in, but for the username.",
    zh: "应用可以如何称呼您。除用户名外，这些都与登录无关。",
  },
  "profile.card_named": { en: "Apps may call you {name}.", zh: "应用可以称呼您为 {name}。" },
  "profile.card_unnamed": { en: "Apps know no name of yours.", zh: "应用不知道您的姓名。" },
  "profile.edit_link": { en: "Edit profile", zh: "编辑资料" },
  "profile.called_title": { en: "Name and picture", zh: "姓名和头像" },
  "profile.name_label": { en: "Name", zh: "姓名" },
  "profile.nickname_label": { en: "Nickname", zh: "昵称" },
  "profile.photo_label": { en: "Address of a picture", zh: "头像地址" },
  "profile.photo_hint": {
    en: "Begins with https://. Apps may show it; this portal never loads it.",
    zh: "以 https:// 开头。应用可以显示它，此门户不会加载。",
  },
  "profile.optional_label": { en: "optional", zh: "选填" },
  "profile.save_button": { en: "Save", zh: "保存" },
  "profile.saved": { en: "Your profile is saved.", zh: "个人资料已保存。" },
  "profile.username_title": { en: "Username", zh: "用户名" },
  "profile.username_label": { en: "Username", zh: "用户名" },
  "profile.username_hint": {
    en: "2 to 32 letters, digits, dots, dashes or underscores, a letter first. You can type it instead of your email when you log in.",
    zh: "2 到 32 个字母、数字、点、短横线或下划线，以字母开头。登录时可用它代替邮箱。",
  },
  "profile.username_button": { en: "Change username", zh: "更改用户名" },
  "profile.done_username": { en: "Your username is changed.", zh: "用户名已更改。" },
  "profile.malformed": { en: "Please fill the form in once more.", zh: "请重新填写表单。" },
} as const satisfies Words;
