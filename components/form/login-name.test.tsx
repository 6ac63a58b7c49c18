import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { LoginName } from "@/components/form/login-name";

test("a password manager stores the address as its owner writes it, on every page that asks for a password or lets one be chosen", () => {
  const html = renderToStaticMarkup(<LoginName email="ada@xn--bcher-kva.test" />);
  expect(html).toContain('value="ada@bücher.test"');
});
