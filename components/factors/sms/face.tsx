import { sentCodeFace } from "@/components/factors/sent-code/face";
import { smsNumbers } from "@/lib/factors/sms/numbers";
import { homeCode, servedCodes } from "@/lib/factors/sms/served";

/** A code by text message, as people meet it. */
export const smsFace = sentCodeFace({
  icon: "message",
  name: "sms.kind_name",
  way: "sms.way_link",
  offer: "sms.offer",
  setUp: "sms.set_up_title",
  code: { digits: smsNumbers.digits, label: "sms.code_label", hint: "sms.code_hint" },
  destination: {
    label: "sms.number_label",
    hint: (say) => say("sms.number_hint", { codes: servedCodes(), home: homeCode() }),
    notice: "sms.notice",
    another: "sms.another_link",
  },
  input: { type: "tel", inputMode: "tel", autoComplete: "tel" },
  offersOwnAddress: false,
});
