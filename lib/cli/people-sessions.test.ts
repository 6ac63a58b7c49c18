import { describe, expect, test } from "vitest";
import { commandLine, unknownPerson } from "@/lib/cli/command-line.kit";
import { sha256 } from "@/lib/crypto/digest";
import { findLiveSession } from "@/lib/sessions/store";
import { makePerson, openSessionFor } from "@/lib/testing/test-context";

const { house, now, portal, json, events } = commandLine();
const ada = () => makePerson(house().ctx, { email: "ada@example.test" });
/** A session of this very moment, as the command sees it. */
const open = (person: { readonly userId: string }) => openSessionFor(now(), person);

describe("people sessions", () => {
  test("shows where somebody is logged in, and changes nothing", async () => {
    const person = await ada();
    expect((await portal("people sessions ada@example.test")).out).toBe("ada@example.test is logged in nowhere.\n");
    const { session } = await open(person);
    await open(await makePerson(house().ctx));
    const { out } = await portal("people sessions ada@example.test");
    expect(out).toContain(session.id.slice(0, 8));
    expect(out.trimEnd().split("\n")).toHaveLength(2);
    const { document } = await json("people sessions ada@example.test");
    expect(document).toMatchObject({ ok: true, sessions: [{ id: session.id.slice(0, 8), clientId: "portal" }] });
    expect(JSON.stringify(document)).not.toContain("token");
    expect(await events()).toEqual([]);
  });

  test("ends one of them, which is refused at its next request; the others go on", async () => {
    const person = await ada();
    const [one, other] = [await open(person), await open(person)];
    const ref = one.session.id.slice(0, 8);
    expect(await json(`people sessions ada@example.test --end=${ref}`)).toMatchObject({
      code: 0,
      document: { sessions: 1 },
    });
    expect(await findLiveSession(now(), sha256(one.token))).toBeNull();
    expect(await findLiveSession(now(), sha256(other.token))).not.toBeNull();
    expect(await events()).toEqual([{ name: "session.ended", actorId: null, meta: { why: "ended_by_operator" } }]);
    expect(await json(`people sessions ada@example.test --end=${ref}`)).toMatchObject({
      code: 1,
      document: { error: { id: "session.unknown" } },
    });
  });

  test("ends all of them with the known devices, and none of somebody else's", async () => {
    const [person, grace] = [await ada(), await makePerson(house().ctx)];
    await open(person);
    const { session } = await open(person);
    await house().db.device.updateMany({ where: { userId: person.userId }, data: { agent: "x" } });
    const hers = await open(grace);
    expect(await json(`people sessions ada@example.test --end=${hers.session.id.slice(0, 8)}`)).toMatchObject({
      code: 1,
    });
    const { document } = await json("people sessions ada@example.test --end all");
    expect(document).toMatchObject({ ok: true, sessions: 2 });
    expect(await house().db.device.count({ where: { userId: person.userId } })).toBe(0);
    expect(await findLiveSession(now(), sha256(hers.token))).not.toBeNull();
    expect((await events()).map(({ name }) => name)).toContain("sessions.ended");
    expect(session.id).not.toBe("");
  });

  test("a stranger is told", async () => {
    for (const end of ["", " --end all", " --end=abcdefgh"])
      expect(await json(`people sessions nobody@example.test${end}`)).toEqual({ code: 1, document: unknownPerson });
  });
});
