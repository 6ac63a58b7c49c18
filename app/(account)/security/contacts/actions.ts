"use server";

import { beginProof, sendProofAgain } from "@/lib/account/contacts/begin-proof";
import { confirmProof } from "@/lib/account/contacts/confirm-proof";
import {
  beginProofInput,
  confirmOwnInput,
  confirmProofInput,
  nothingInput,
  removeContactInput,
  sendProofInput,
} from "@/lib/account/contacts/schema";
import { askToRemoveContact, askToRemovePhone, askToUseProof } from "@/lib/pending/ask-to-change-contact";
import { keepSession } from "@/lib/web/enter";
import { formAction } from "@/lib/web/form-action";
import { fresh, signedIn } from "@/lib/web/guard";
import { leave } from "@/lib/web/leave";
import { leaveSaying } from "@/lib/web/said";

const list = "/security/contacts";
const malformed = "contacts.malformed";
const waits = (hours: number) => `${list}?done=waits&ended=${hours}`;

export const beginProofAction = formAction(
  { who: fresh("contact.change", list), input: beginProofInput, malformed, keep: ["destination"] },
  async ({ ctx, person }, { purpose, destination }) => {
    await beginProof(ctx, { actor: person, purpose, typed: destination });
    return leave(`${list}/${purpose}`);
  },
);

export const sendProofAgainAction = formAction(
  { who: fresh("contact.change", list), input: sendProofInput, malformed },
  async ({ ctx, person }, { purpose }) => {
    await sendProofAgain(ctx, { actor: person, purpose });
    return leave(`${list}/${purpose}`);
  },
);

export const confirmProofAction = formAction(
  { who: fresh("contact.change", list), input: confirmProofInput, malformed: "contacts.malformed_code" },
  async ({ ctx, person }, { purpose, code }) => {
    const asked = await askToUseProof(ctx, { actor: person, purpose, code });
    if (!asked.done) return leaveSaying(waits(asked.hours));
    if (asked.kept) await keepSession(person.userId, asked.kept.sessionToken);
    return leaveSaying(`${list}?done=${purpose}&ended=${asked.kept?.endedSessions ?? 0}`);
  },
);

/** Confirming what is there already weakens nothing, so it asks for no fresh proof. */
export const beginConfirmAction = formAction(
  { who: signedIn, input: nothingInput, malformed },
  async ({ ctx, person }) => {
    await beginProof(ctx, { actor: person, purpose: "confirm", typed: "" });
    return leave(`${list}/confirm`);
  },
);

export const confirmOwnAction = formAction(
  { who: signedIn, input: confirmOwnInput, malformed: "contacts.malformed_code" },
  async ({ ctx, person }, { code }) => {
    await confirmProof(ctx, { actor: person, purpose: "confirm", code });
    return leaveSaying(`${list}?done=confirm`);
  },
);

export const removeContactAction = formAction(
  {
    who: fresh("contact.change", list),
    input: removeContactInput,
    malformed,
    elsewhere: { "contacts.gone": () => list },
  },
  async ({ ctx, person }, { id }) => {
    const asked = await askToRemoveContact(ctx, { actor: person, id });
    return leaveSaying(asked.done ? `${list}?done=contact-removed` : waits(asked.hours));
  },
);

export const removePhoneAction = formAction(
  { who: fresh("contact.change", list), input: nothingInput, malformed },
  async ({ ctx, person }) => {
    const asked = await askToRemovePhone(ctx, person);
    return leaveSaying(asked.done ? `${list}?done=phone-removed` : waits(asked.hours));
  },
);
