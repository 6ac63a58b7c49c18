import { describe, expect, test } from "vitest";
import { commandLine } from "@/lib/cli/command-line.kit";
import { askForChange } from "@/lib/pending/ask-for-change";
import { makePerson, openSessionFor } from "@/lib/testing/test-context";

const { now, house, portal, json, events } = commandLine();

async function oneWaits() {
  const person = await makePerson(now());
  const { actor } = await openSessionFor(now(), person);
  await askForChange(now(), actor, "account.delete", {});
  const { id } = await house().db.pendingChange.findFirstOrThrow({ where: { userId: person.userId } });
  return { person, id };
}

describe("pending", () => {
  test("shows what waits, and says so when nothing does", async () => {
    expect(await portal("pending list")).toMatchObject({ code: 0, out: "No change waits.\n" });
    const { person, id } = await oneWaits();
    const { out } = await portal("pending list");
    expect(out).toMatch(/^ID +WHO +CHANGE +ASKED +DUE\n/);
    expect(out).toContain(`${id}  ${person.email}  account.delete`);
    expect(out).toContain("168 h after its letter has left");
    expect(await json(`pending show ${id}`)).toMatchObject({
      document: { change: { kind: "account.delete", state: "WAITING" } },
    });
  });

  test("veto stops one, once, and tells which; what is unknown is refused", async () => {
    const { id } = await oneWaits();
    expect(await portal(`pending veto ${id}`)).toMatchObject({
      code: 0,
      out: expect.stringContaining("Stopped: Delete the account"),
    });
    expect(await json(`pending veto ${id}`)).toMatchObject({ code: 1, document: { error: { id: "change.over" } } });
    for (const command of ["show", "veto"])
      expect(await json(`pending ${command} nonsense`)).toMatchObject({
        code: 1,
        document: { error: { id: "change.unknown" } },
      });
    expect(await events()).toEqual([
      { name: "pending.vetoed", actorId: null, meta: { change: id, kind: "account.delete", why: "by_operator" } },
    ]);
  });
});
