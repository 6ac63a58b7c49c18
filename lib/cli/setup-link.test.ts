import { describe, expect, test } from "vitest";
import { commandLine } from "@/lib/cli/command-line.kit";
import { sha256 } from "@/lib/crypto/digest";
import { completeSetup } from "@/lib/setup/complete-setup";

const { house, now, portal, json, events } = commandLine();

describe("setup-link", () => {
  test("works while there is no account, voids the last link, and is refused afterwards", async () => {
    const first = await json("setup-link");
    const second = await json("setup-link");
    expect([first.code, second.code]).toEqual([0, 0]);
    const tokenIn = (link: unknown) => new URL(String(link)).searchParams.get("link") ?? "";
    const person = { email: "ada@example.test", username: "", password: "seven quiet herons at dawn" };
    await expect(completeSetup(now(), { ...person, token: tokenIn(first.document.link) })).rejects.toThrow(
      "setup.link_over",
    );
    await completeSetup(now(), { ...person, token: tokenIn(second.document.link) });
    expect(await json("setup-link")).toMatchObject({ code: 1, document: { ok: false, error: { id: "setup.done" } } });
    const made = { name: "setup.link_created", actorId: null, meta: { by: "cli" } };
    expect(await events()).toEqual([made, made]);
  });

  test("accounts of people, made first, leave it good; the hint says how another administrator is made", async () => {
    const first = await json("setup-link");
    const added = await portal("people add grace@example.test");
    expect(added.out).toContain(
      "Nobody is an administrator yet. The set-up link makes the first one: npm run portal -- setup-link",
    );
    expect((await portal("people add boss@example.test --admin")).out).not.toContain("setup-link");
    expect((await portal("setup-link")).err).toContain("npm run portal -- people add EMAIL --admin");
    expect(first.code).toBe(0);
  });

  test("ten at once leave one open link", async () => {
    await Promise.all(Array.from({ length: 10 }, () => portal("setup-link")));
    expect(await house().db.oneTimeLink.count()).toBe(1);
  });

  test("many links spent at once make one administrator", async () => {
    const tokens = Array.from("abcd", (letter) => "set_".padEnd(47, letter));
    const link = { purpose: "setup", createdAt: house().ctx.now, expiresAt: new Date("2099-01-01T00:00:00Z") };
    await house().db.oneTimeLink.createMany({
      data: tokens.map((token) => ({ ...link, id: token, hash: sha256(token) })),
    });
    const setUp = (token: string, place: number) =>
      completeSetup(now(), {
        token,
        email: `a${place}@example.test`,
        username: "",
        password: "seven quiet herons at dawn",
      });
    // Every account takes a moment to be written, so that all links are spent while none is there yet.
    await house().db.$executeRawUnsafe(
      "CREATE FUNCTION linger() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.3); RETURN NEW; END $$",
    );
    await house().db.$executeRawUnsafe(
      "CREATE TRIGGER linger BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION linger()",
    );
    const results = await Promise.allSettled(tokens.map(setUp));
    await house().db.$executeRawUnsafe("DROP FUNCTION linger CASCADE");
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await house().db.user.count()).toBe(1);
  });
});
