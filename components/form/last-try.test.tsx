import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { FormContext } from "@/components/form/form-context";
import { LastTry } from "@/components/form/last-try";
import { type FormState, idle } from "@/lib/kernel/form-state";

const note = "One try is left.";
const shownAt = (state: FormState) =>
  renderToStaticMarkup(
    <FormContext value={state}>
      <LastTry text={note} />
    </FormContext>,
  ).includes(note);

test("that one try is left is said on a page that is read anew and beside another answer, and never twice", () => {
  expect(shownAt(idle)).toBe(true);
  expect(shownAt({ status: "error", id: "x", text: "Six digits, please." })).toBe(true);
  expect(shownAt({ status: "error", id: "x", text: `That was wrong. ${note}` })).toBe(false);
});
