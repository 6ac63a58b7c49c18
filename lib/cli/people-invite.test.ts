import { describe, expect, test } from "vitest";
import { acceptInvitation } from "@/lib/account/accept-invitation";
import { commandLine, tokenOf, unknownPerson } from "@/lib/cli/command-line.kit";
import { sha256 } from "@/lib/crypto/digest";
import { findLiveSession } from "@/lib/sessions/store";
import { makePerson, openSessionFor, withTotp } from "@/lib/testing/test-context";

const { house, now, json, events, unseen } = commandLine();

describe("people invite", () => {
  test("lets somebody with a factor set a new password, and still asks for the factor", async () => {
    const ada = await makePerson(house().ctx, { email: "ada@example.test" });
    await withTotp(house().ctx, ada);
    const { token } = await openSessionFor(house().ctx, ada);
    const { code, document } = await json("people invite ADA@example.test");
    expect({ code, document }).toMatchObject({ code: 0, document: { ok: true, userId: ada.userId, hasFactor: true } });
    expect(await findLiveSession(house().ctx, sha256(token))).not.toBeNull();
    const started = await acceptInvitation(now(), {
      token: tokenOf(document.link),
      password: "an entirely other phrase",
    });
    expect(started.next).toBe("answer");
    expect(await findLiveSession(house().ctx, sha256(token))).toBeNull();
    expect(await events()).toEqual([{ name: "invitation.created", actorId: null, meta: { by: "cli" } }]);
  });

  test("a new link voids the last one, also when ten are made at once", async () => {
    const { document } = await json("people add ada@example.test");
    const runs = await Promise.all(Array.from({ length: 10 }, () => json("people invite ada@example.test")));
    const tokens = [document, ...runs.map((run) => run.document)].map(({ link }) => tokenOf(link));
    expect(runs.every(({ code }) => code === 0)).toBe(true);
    const open = (await house().db.oneTimeLink.findMany()).map(({ hash }) => hash);
    expect(open).toHaveLength(1);
    expect(tokens.filter((token) => open.includes(sha256(token)))).toHaveLength(1);
  });

  test("is refused for strangers and for a disabled account", async () => {
    expect(await json("people invite nobody@example.test")).toEqual({ code: 1, document: unknownPerson });
    const ada = await makePerson(house().ctx, { email: "ada@example.test" });
    await house().db.user.update({ where: { id: ada.userId }, data: { disabledAt: house().ctx.now } });
    expect(await json("people invite ada@example.test")).toMatchObject({
      code: 1,
      document: { error: { id: "person.disabled" } },
    });
    expect(await house().db.oneTimeLink.count()).toBe(0);
  });
});

test.each(["place", "reader", "nowhere"] as const)(
  "a link that nobody could see (%s) is said, and how to make another one",
  async (lost) => {
    const again = "The link was made, and nobody has seen it. Make another one: npm run portal -- ";
    for (const line of ["people add ada@example.test", "people invite ada@example.test"])
      expect(await unseen(line, lost)).toMatchObject({
        code: 1,
        err: `Lost. ${again}people invite ada@example.test\n`,
      });
    expect(await unseen("setup-link", lost)).toMatchObject({ code: 1, err: `Lost. ${again}setup-link\n` });
    expect((await unseen("people list", lost)).code).toBe(lost === "nowhere" ? 0 : 1);
  },
);
