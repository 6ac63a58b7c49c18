import { expect, test, vi } from "vitest";
import { sendEmail, sendSms } from "@/lib/api/sends";
import { someApp as app } from "@/lib/testing/some-app";
import { openHouse } from "@/lib/testing/story";

const house = openHouse();

test("a send without a token succeeds, sends nothing, and a line tells the operator which app forgot it, ten times a minute at most", async () => {
  const written = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  const stranger = { ctx: house.ctx, app, token: null, looksLikeMfa: false };
  const number = "+12025550143";
  for (let call = 0; call < 20; call += 1)
    expect(await sendSms.run(stranger, { phone: number })).toMatchObject({ code: 200 });
  expect(await sendEmail.run(stranger, { email: "grace@example.test" })).toMatchObject({ code: 200 });
  const lines = written.mock.calls
    .map(([line]) => String(line))
    .filter((line) => line.includes("lane.send_without_token"));
  written.mockRestore();
  expect(lines).toHaveLength(10);
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ app: "shop", kind: "sms" });
  expect(lines.join("")).not.toContain(number);
  expect(await house.ctx.db.letter.count()).toBe(0);
});
