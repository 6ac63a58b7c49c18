import { sentCodeFace } from "@/components/factors/sent-code/face";
import { emailNumbers } from "@/lib/factors/email/numbers";

/** A code by e-mail, as people meet it. */
export const emailFace = sentCodeFace({
  icon: "mail",
  name: "email.kind_name",
  way: "email.way_link",
  offer: "email.offer",
  setUp: "email.set_up_title",
  code: { digits: emailNumbers.digits, label: "email.code_label", hint: "email.code_hint" },
  destination: {
    label: "email.address_label",
    hint: (say) => say("email.address_hint"),
    notice: "email.notice",
    another: "email.another_link",
  },
  // not type "email": browsers rewrite what is typed there, and know fewer addresses than the server
  input: { type: "text", inputMode: "email", autoComplete: "email" },
  offersOwnAddress: true,
});
