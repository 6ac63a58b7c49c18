import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { LoginName } from "@/components/form/login-name";
import { readSources } from "@/lib/testing/source-files";

test("the hidden name is the address as its owner writes it", () => {
  const html = renderToStaticMarkup(<LoginName email="ada@xn--bcher-kva.test" />);
  expect(html).toBe('<input type="text" autoComplete="username" readOnly="" hidden="" value="ada@bücher.test"/>');
});

test("every page that asks for a password or lets one be chosen says whose it is, before it", () => {
  const asking = [...readSources(process.cwd(), ["app"])].filter(([, text]) =>
    /<(?:Choose)?Password(?:Field)?\b/.test(text),
  );
  expect(asking.length).toBeGreaterThan(5);
  const namesIt =
    /(?:<LoginName\b|autoComplete=(?:"username"|\{[^}]*"username"))[\s\S]*?<(?:Choose)?Password(?:Field)?\b/;
  expect(asking.filter(([, text]) => !namesIt.test(text)).map(([path]) => path)).toEqual([]);
});
