import { ask, type Fields, formIn } from "@/e2e/support/http";
import { ensure } from "@/lib/kernel/assert";

/** Pages that show themselves to anybody: where people come in, what the links of letters lead to, and one that is nobody's. */
export const openPages: readonly string[] = [
  "/login",
  "/challenge/expired",
  "/setup",
  "/welcome/inv_x",
  "/register",
  "/register/reg_x",
  "/alarm/alm_x",
  "/alarm/contained",
  "/forgot-password",
  "/unlock",
  "/unlock/unl_x",
  "/reset-password/rst_x",
  "/nothing-here",
];

/** The login form of a page that was just asked for. `action`: by what its script names the action behind it. */
export type LoginForm = { readonly form: Fields; readonly action: string };

/** Asks the portal at `url` for its login form. */
export async function loginFormOf(url: string): Promise<LoginForm> {
  const form = formIn((await ask(url, "/login")).body, 'name="identifier"');
  const action = form.map(([, value]) => /"id":"([0-9a-f]{42})"/.exec(String(value))?.[1]).find(Boolean);
  ensure(action, "the login form names its action");
  return { action, form };
}
