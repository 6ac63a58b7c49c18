import { expect, test } from "vitest";
import { claimLogin } from "@/lib/challenge/claim-login";
import { readChallenge } from "@/lib/challenge/read-challenge";
import { logInWithPassword } from "@/lib/login/log-in-with-password";
import { knock, openHouse } from "@/lib/testing/story";
import { makePerson, withTotp } from "@/lib/testing/test-context";

const house = openHouse();

test("what is held is read before the password is judged: a factor that is bound meanwhile lets that login lead nowhere", async () => {
  const person = await makePerson(house.ctx);
  const password = async () => {
    await withTotp(house.ctx, person); // while the hash is computed
    return person.password;
  };
  const typed = { identifier: person.email, password, deviceToken: null, returnTo: "/security" };
  const { pass } = await logInWithPassword(house.stranger(), typed);
  expect(await claimLogin(house.ctx, pass)).toBeNull();
  expect(await readChallenge(house.ctx, pass)).toBeNull();
  expect((await knock(house.stranger(), person)).next).toBe("answer");
});
