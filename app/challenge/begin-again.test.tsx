import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { BeginAgain } from "@/app/challenge/begin-again";
import { closedPassword } from "@/lib/challenge/challenge";
import { sayIn } from "@/lib/messages/say";

test.each([
  ["LOGIN", null, "/login?returnTo=%2Fsecurity%2Fpassword"],
  ["STEP_UP", "password.change", "/security/password"],
  ["RESET", null, "/forgot-password"],
  ["RESET", closedPassword, "/login"],
] as const)(
  "whoever begins a %s (%s) again goes where this tab was going, not another, and by the way that began it",
  (purpose, reason, href) => {
    const html = renderToStaticMarkup(
      <BeginAgain view={{ purpose, reason }} target="/security/password" say={sayIn("en")} />,
    );
    expect(html).toContain(`href="${href}"`);
  },
);
