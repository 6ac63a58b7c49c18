import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { BeginAgain } from "@/app/(auth)/challenge/begin-again";
import { sayIn } from "@/lib/messages/say";

test.each([
  ["LOGIN", "/login?returnTo=%2Fsecurity%2Fpassword"],
  ["STEP_UP", "/security/password"],
] as const)("whoever begins a %s again goes where this tab was going, not another", (purpose, href) => {
  const html = renderToStaticMarkup(<BeginAgain purpose={purpose} target="/security/password" say={sayIn("en")} />);
  expect(html).toContain(`href="${href}"`);
});
