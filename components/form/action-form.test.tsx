import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { ActionForm } from "@/components/form/action-form";
import type { FormAction } from "@/lib/kernel/form-state";

/** An action as the pages have it: it says itself how a form without scripts calls it. */
function anAction(): FormAction {
  const action: FormAction = async (state) => state;
  const sent = () => ({ name: "$ACTION_REF_1", method: "POST", encType: "multipart/form-data", data: new FormData() });
  return Object.assign(action, {
    $$FORM_ACTION: sent,
    bind: () => Object.assign(async () => undefined, { $$FORM_ACTION: sent }),
  });
}

const formsIn = (html: string) =>
  [...html.matchAll(/<form [^>]*action="([^"]*)"[\s\S]*?name="\$ACTION_KEY" value="([^"]*)"/g)].map(([, to, key]) => ({
    to,
    key,
  }));

test("a form is known again wherever the next version puts it, and several of one action are told apart", () => {
  const form = <ActionForm action={anAction()}>a</ActionForm>;
  const row = (of: string) => (
    <ActionForm action={anAction()} of={of}>
      {of}
    </ActionForm>
  );
  const before = formsIn(renderToStaticMarkup(form));
  const after = formsIn(
    renderToStaticMarkup(
      <main>
        <section>{[<div key="new">{form}</div>]}</section>
      </main>,
    ),
  );
  expect(before).toEqual([{ to: "", key: "p" }]);
  expect(after).toEqual(before);
  expect(
    formsIn(
      renderToStaticMarkup(
        <>
          {row("one")}
          {row("two")}
        </>,
      ),
    ),
  ).toEqual([
    { to: "?of=one", key: "p?of=one" },
    { to: "?of=two", key: "p?of=two" },
  ]);
});
