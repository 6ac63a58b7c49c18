import { createUnasked, slimAnswer } from "@/components/factors/passkey/browser";
import { signalUnknown } from "@/components/factors/passkey/signals";
import { type FormAction, idle } from "@/lib/kernel/form-state";

type Making = { readonly options: string; readonly keep: FormAction; readonly signal: AbortSignal };

/** True: it is kept. What the portal does not keep its keeper may drop; where no answer came, it is dropped when somebody tries it. */
export async function makeUnasked({ options, keep, signal }: Making): Promise<boolean> {
  const made = await createUnasked(options, signal);
  if (made.kind !== "done") return false;
  const form = new FormData();
  form.set("credential", slimAnswer(made.json));
  const answer = await keep(idle, form).catch(() => idle);
  if (answer.status === "error" && answer.id === "passkey.not_kept")
    await signalUnknown(JSON.stringify({ rpId: JSON.parse(options).rp.id, credentialId: JSON.parse(made.json).id }));
  return answer.status === "done";
}
