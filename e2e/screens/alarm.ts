import { expect, type Page } from "@playwright/test";

/** The page behind an alarm's link. */
export function alarmScreen(page: Page) {
  const heading = (name: string) => expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  return {
    does: {
      sayNotMe: () => page.getByRole("button", { name: "This was not me" }).click(),
    },
    sees: {
      isOpen: () => heading("Was this you?"),
      over: () => heading("This link does not open"),
      moved: () => heading("This has been taken care of"),
      async pressed() {
        await heading("This has been taken care of");
        await expect(page.getByText("The button behind this link was pressed already")).toBeVisible();
      },
      contained: () => heading("Your account is closed to everybody"),
    },
  };
}
