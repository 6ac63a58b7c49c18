import type { Pass } from "@/lib/challenge/challenge";
import { answer } from "@/lib/testing/second-door";
import { type House, knock, refused, wrongCode } from "@/lib/testing/story";
import { makePerson, type TestApp, type TestPerson, withTotp } from "@/lib/testing/test-context";
import { bucketKey } from "@/lib/throttle/bucket";

/** What tests ask of Grace, who has an authenticator app and stands at the second door of `house`. */
export function graceIn(house: House) {
  const now = () => house.clock.now();
  return {
    now,
    /** The counter of strangers' wrong codes. */
    strangersKey: (person: TestPerson) => bucketKey("factor.totp", person.userId),
    rowOf: ({ challengeId }: Pass) => house.db.challenge.findUniqueOrThrow({ where: { id: challengeId } }),
    graceAtTheSecondDoor: async () => {
      const grace = await makePerson(house.ctx);
      const app = await withTotp(house.ctx, grace);
      const { pass } = await knock(house.stranger(), grace);
      return { grace, app, pass };
    },
    /** So many wrong codes, one after the other; what each was answered with. */
    fail: async (pass: Pass, app: TestApp, times: number) => {
      const ids: string[] = [];
      for (let time = 0; time < times; time += 1) {
        ids.push(await refused(answer(house.stranger(), pass, "totp", wrongCode(app.secret, now()))));
      }
      return ids;
    },
  } as const;
}
