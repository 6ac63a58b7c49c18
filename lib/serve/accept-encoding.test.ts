import { expect, test } from "vitest";
import { type Coding, chooseCoding } from "@/lib/serve/accept-encoding";

const all: readonly Coding[] = ["br", "gzip", "identity"];

test.each<[string | undefined, Coding]>([
  [undefined, "identity"],
  ["", "identity"],
  ["gzip, deflate, br, zstd", "br"],
  ["gzip, deflate", "gzip"],
  ["x-gzip", "gzip"],
  ["GZIP;Q=0.9, BR;Q=0.8", "gzip"],
  ["br;q=0, gzip", "gzip"],
  ["br;q=0, gzip;q=0", "identity"],
  ["br ; q=0.5 , gzip ; q=1.000", "gzip"],
  ["identity", "identity"],
  ["identity, br;q=0.5", "identity"],
  ["identity;q=0, gzip", "gzip"],
  ["identity;q=0", "identity"],
  ["deflate", "identity"],
  ["*", "br"],
  ["*;q=0", "identity"],
  ["*;q=0, gzip;q=0.1", "gzip"],
  ["br;q=0, *", "gzip"],
  ["gzip;q=x, br;q=0.001", "br"],
  ["gzip;level=9", "gzip"],
  [`${"a,".repeat(8_000)}br`, "identity"],
])("who accepts %j gets %s", (header, coding) => {
  expect(chooseCoding(header, all)).toBe(coding);
});

test("only what is there is chosen", () => {
  expect(chooseCoding("br, gzip;q=0.5", ["gzip", "identity"])).toBe("gzip");
  expect(chooseCoding("br", ["gzip", "identity"])).toBe("identity");
  expect(chooseCoding("gzip, identity;q=0", ["identity"])).toBe("identity");
});
