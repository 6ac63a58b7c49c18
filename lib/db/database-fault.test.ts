import { expect, test } from "vitest";
import { isDatabaseFault } from "@/lib/db/database-fault";

const coded = (code: string) => Object.assign(new Error("words"), { code });
const dead = () => coded("57P01");

/** As next-auth wraps it: the cause is no error but an object around one. */
const byNextAuth = (fault: unknown) =>
  Object.assign(new Error("Read more at https://errors.authjs.dev"), {
    name: "CallbackRouteError",
    type: "CallbackRouteError",
    cause: { err: fault, provider: "mfa" },
  });

const byPrisma = (fault: unknown) =>
  Object.assign(new Error("Raw query failed."), {
    name: "PrismaClientKnownRequestError",
    code: "P2010",
    meta: { driverAdapterError: Object.assign(new Error("DriverAdapterError"), { cause: fault }) },
  });

function inLayers(fault: unknown, count: number): unknown {
  return count === 0 ? fault : new Error("wrapped", { cause: inLayers(fault, count - 1) });
}

test.each([
  ["PostgreSQL's own", dead()],
  ["one of a full disk", coded("53100")],
  ["one of a database that is going", coded("57P03")],
  ["one of a broken disk", coded("58030")],
  ["a line that broke", coded("ECONNRESET")],
  ["the driver's words", new Error("Connection terminated unexpectedly")],
  ["a connection that failed before", new Error("Client has encountered a connection error and is not queryable")],
  ["a cause's", new Error("outside", { cause: dead() })],
  ["a cause ten layers down", inLayers(dead(), 10)],
  ["next-auth's", byNextAuth(dead())],
  ["next-auth's around Prisma's", byNextAuth(byPrisma({ kind: "DatabaseNotReachable" }))],
  ["one of Prisma's driver", byPrisma({ originalCode: "57P01", kind: "postgres" })],
  ["one that Prisma starts with", Object.assign(new Error("init"), { errorCode: "P1001" })],
  ["one of several", new AggregateError([new TypeError("x"), new AggregateError([dead()])])],
  ["one of several, wrapped", byNextAuth(new AggregateError([coded("ECONNREFUSED")]))],
  ["no error at all, around one", { error: { reason: dead() } }],
])("%s fault says that the database does not answer", (_, fault) => expect(isDatabaseFault(fault)).toBe(true));

function circle(): Error {
  const [one, two] = [new Error("one"), new Error("two")];
  return Object.assign(one, { cause: Object.assign(two, { cause: one }) });
}

test.each([
  ["nothing", null],
  ["a word", "57P01"],
  ["a statement that was wrong", coded("42P01")],
  ["a row that is there already", byPrisma({ originalCode: "23505", kind: "UniqueConstraintViolation" })],
  ["a rule of the database", byNextAuth(coded("23514"))],
  ["a file that is not there", Object.assign(coded("ENOENT"), { syscall: "open" })],
  ["a circle of causes", circle()],
  [
    "a getter that throws",
    Object.defineProperty({}, "cause", {
      get: () => {
        throw dead();
      },
    }),
  ],
  ["what somebody typed", { input: dead(), values: [dead()] }],
])("%s does not", (_, fault) => expect(isDatabaseFault(fault)).toBe(false));

test("a fault that is wrapped without end is not followed without end", () => {
  const endless: object = {
    get cause() {
      return { ...Object.getOwnPropertyDescriptors(endless), cause: endless };
    },
  };
  const bush = (): object => new Proxy({}, { get: () => bush() });
  expect([isDatabaseFault(endless), isDatabaseFault(bush())]).toEqual([false, false]);
});
