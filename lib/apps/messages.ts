import type { Words } from "@/lib/messages/words-shape";

export const appMessages = {
  "apps.taken": {
    en: "There is an app with this id already. Choose another id, or let the portal make one.",
    zh: "此 ID 已被其他应用使用。请换一个 ID，或由门户生成。",
  },
  "apps.unknown": {
    en: "There is no app with this id. The command apps list shows all of them.",
    zh: "没有使用此 ID 的应用。命令 apps list 会列出所有应用。",
  },
  "apps.configured": {
    en: "This app stands in the file that APPS_FILE names. Change it there and start the portal again.",
    zh: "此应用写在 APPS_FILE 指定的文件中。请在该文件中修改，然后重新启动门户。",
  },
  "apps.default_configured": {
    en: "The file that APPS_FILE names has the default app. Change that there and start the portal again.",
    zh: "默认应用写在 APPS_FILE 指定的文件中。请在该文件中修改，然后重新启动门户。",
  },
  "apps.back_link": { en: "Back to {name}", zh: "返回 {name}" },
} as const satisfies Words;
