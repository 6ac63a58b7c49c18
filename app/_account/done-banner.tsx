import { Alert } from "@/components/ui/alert";
import type { Say } from "@/lib/messages/say";
import { foreseen } from "@/lib/pending/foreseen";
import { saidHere } from "@/lib/web/said";

type Props = { readonly say: Say; readonly page: string; readonly query: Readonly<Record<string, unknown>> };

/** What the action before this page did, to the browser that pressed: the address chooses among our own sentences, and claims nothing by itself. */
export async function DoneBanner({ say, page, query }: Props) {
  const { done, ended = "0" } = await saidHere(page, query);
  const count = Number(ended);
  const sentence = sentenceFor(say, done, count);
  return sentence === null ? null : <Alert tone="success">{sentence}</Alert>;
}

function sentenceFor(say: Say, done: string | undefined, count: number): string | null {
  switch (done) {
    case "password":
      return say("notice.password_changed", { count });
    case "bound":
      return say("notice.factor_bound", { count });
    case "replaced":
      return say("notice.factor_replaced", { count });
    case "beside":
      return say("pending.bound_beside", foreseen(count));
    case "removed":
      return say("notice.factor_removed", { count });
    case "session":
      return say("sessions.ended_one");
    case "others":
      return say("sessions.ended_others", { count });
    case "app":
      return say("sessions.ended_app", { count });
    case "device":
      return say("devices.forgotten_one");
    case "renamed":
      return say("devices.renamed");
    case "untrusted":
      return say("devices.untrusted");
    case "devices":
      return say("devices.forgotten_others", { count });
    case "waits":
      return say("pending.asked", foreseen(count));
    case "stopped":
      return say("pending.stopped");
    case "saved":
      return say("notice.codes_saved");
    default:
      return ofContacts(say, done, count);
  }
}

/** What was done with addresses, numbers and names. */
function ofContacts(say: Say, done: string | undefined, count: number): string | null {
  switch (done) {
    case "login":
      return say("contacts.done_email", { count });
    case "further":
      return say("contacts.done_further");
    case "confirm":
      return say("contacts.done_confirm");
    case "phone":
      return say("contacts.done_phone");
    case "contact-removed":
      return say("contacts.done_removed");
    case "phone-removed":
      return say("contacts.done_phone_removed");
    case "named":
      return say("factors.renamed");
    case "profile":
      return say("profile.saved");
    case "username":
      return say("profile.done_username");
    default:
      return null;
  }
}
