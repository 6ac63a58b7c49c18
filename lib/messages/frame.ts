import type { Words } from "@/lib/messages/words-shape";

/** The words of the frame around every page and of the controls that every form shares. */
export const frameMessages = {
  "frame.skip_link": { en: "Skip to the content", zh: "跳到正文" },
  "frame.home_link": { en: "Account security", zh: "账户安全" },
  "frame.navigation_label": { en: "Your account", zh: "您的账户" },
  "frame.preferences_label": { en: "Language and appearance", zh: "语言与外观" },
  "frame.language_label": { en: "Language", zh: "语言" },
  "frame.english_name": { en: "English", zh: "English" },
  "frame.chinese_name": { en: "简体中文", zh: "简体中文" },
  "frame.theme_label": { en: "Appearance", zh: "外观" },
  "frame.theme_system_name": { en: "System", zh: "跟随系统" },
  "frame.theme_light_name": { en: "Light", zh: "浅色" },
  "frame.theme_dark_name": { en: "Dark", zh: "深色" },
  "frame.support_link": { en: "Get help", zh: "获取帮助" },
  "frame.signed_in_label": { en: "Logged in as {who}", zh: "已登录：{who}" },
  "frame.log_out_button": { en: "Log out", zh: "退出登录" },
  "frame.show_password_button": { en: "Show password", zh: "显示密码" },
  "frame.hide_password_button": { en: "Hide password", zh: "隐藏密码" },
  "frame.copy_button": { en: "Copy", zh: "复制" },
  "frame.copied": { en: "Copied.", zh: "已复制。" },
  "frame.not_copied": {
    en: "Your browser did not allow copying. Select the text and copy it yourself.",
    zh: "浏览器不允许自动复制。请选中文字后手动复制。",
  },
  "frame.download_link": { en: "Download", zh: "下载" },
  "frame.print_button": { en: "Print", zh: "打印" },
  "frame.optional_label": { en: "optional", zh: "选填" },
  "frame.sends_itself": { en: "It is sent by itself after the last digit.", zh: "输入最后一位数字后会自动提交。" },
  "frame.one_moment": { en: "One moment.", zh: "请稍候。" },
  "frame.missing_title": { en: "This page is not here", zh: "找不到此页面" },
  "frame.missing": {
    en: "The address may be mistyped, or the page has moved. Your account page is a good place to go on from.",
    zh: "地址可能有误，或者页面已移至别处。您可以从账户页面继续。",
  },
  "frame.meter_missing": {
    en: "{count, plural, one {# more character to go.} other {# more characters to go.}}",
    zh: "还需要 {count} 个字符。",
  },
  "frame.meter_enough": {
    en: "Long enough. A few more words make it stronger.",
    zh: "长度足够。再多几个词会更安全。",
  },
  "frame.meter_good": { en: "Good length.", zh: "长度不错。" },
  "frame.meter_strong": { en: "Very good length.", zh: "长度非常好。" },
} as const satisfies Words;
