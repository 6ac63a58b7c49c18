import { expect, test } from "vitest";
import { unserved } from "@/scripts/portals/unserved.mjs";

test.each([
  [{ status: 303, body: "" }, false, null],
  [{ status: 200, body: "<p>Too many</p>" }, false, null],
  [{ status: 429, body: "" }, false, null],
  [{ status: 503, body: "" }, false, "later"],
  [{ status: 500, body: "" }, false, "fault"],
  [{ status: 502, body: "" }, true, "fault"],
  [{ status: 503, body: "" }, true, "later"],
  [{ status: 200, body: '{"code":200,"data":503}' }, true, null],
  [{ status: 200, body: '{"code":6001,"message":""}' }, true, null],
  [{ status: 200, body: '{"code":503,"message":""}' }, true, "later"],
  [{ status: 200, body: '{"code":500,"message":""}' }, true, "fault"],
])("%j, of the API: %s, is %s", (answer, isOfApi, what) => expect(unserved(answer, isOfApi)).toBe(what));
