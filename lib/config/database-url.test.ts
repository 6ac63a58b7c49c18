import { expect, test } from "vitest";
import { readDatabaseUrl } from "@/lib/config/values";

const mistake = (text: string) => {
  const reading = readDatabaseUrl(text);
  return reading.ok ? null : reading.mistake;
};

test.each([
  "postgresql://sallyport:PASSWORD@db.example.test:5432/sallyport",
  "postgres://sallyport@localhost/sallyport?host=%2Fvar%2Frun%2Fpostgresql",
  "postgresql://u@localhost/d?host=%2Fsrv%2Fa%2C%20b",
  "postgresql:///sallyport?host=/var/run/postgresql&user=sallyport&password=p",
  "postgresql://u:p%25%23%3F%20@[2001:db8::1]:5432/d?sslmode=verify-full&sslrootcert=/etc/ssl/own.pem",
  "postgresql://u:p@h/d?ssl=true&application_name=portal&options=-c%20work_mem%3D5MB",
  "postgresql://u:p@h/d?sslmode=require&uselibpqcompat=true",
])("%s is taken as it stands", (text) => {
  expect(readDatabaseUrl(text)).toEqual({ ok: true, value: text });
});

test.each([
  ["mysql://u@h/d", /^must be a PostgreSQL address/],
  ["postgresql://u@h:5432,i:5432/d", /^must be a PostgreSQL address/],
  ["postgresql://u@h", /^must name a database/],
  ["postgresql://h/d", /^must name an account/],
  ["postgresql://:p@h/d", /^must name an account/],
  ["postgresql:///d?user=u", /^must name a host/],
  ["postgresql://u@h,i/d", /^must name one host/],
  ["postgresql://u@h/d?host=h,i", /^must name one host/],
  ["postgresql://u:p%zz@h/d", /^must write signs such as %/],
  ["postgresql://u:p%e4@h/d", /^must write signs such as %/],
  ["postgresql://u:p q@h/d", /^must write signs such as %/],
  ["postgresql://u:p@h/d#part", /^must write signs such as %/],
  ["postgresql://u@h/d?schema=portal", /^must not contain schema: the portal's tables lie in the schema public/],
  ["postgresql://u@h/d?sslmode=require&channel_binding=require", /^contains a parameter that the driver would ignore/],
  ["postgresql://u@h/d?pgbouncer=true", /remove the others\.$/],
  ["postgresql://u@h/d?statement_timeout=0", /not yours to set/],
  ["postgresql://u@h/d?query_timeout=0", /not yours to set/],
  ["postgresql://u@h/d?client_encoding=LATIN1", /not yours to set/],
  ["postgresql://u@h/d?ssl=false", /^contains ssl with a value.*sslmode=disable/],
  ["postgresql://u@h/d?sslmode=allow", /^contains sslmode with a value/],
  ["postgresql://u@h/d?sslmode=verify_full", /^contains sslmode with a value/],
  ["postgresql://u@h/d?uselibpqcompat=1", /^contains uselibpqcompat with a value that the driver does not know\.$/],
  ["postgresql://u@h/d?port=abc", /^contains port with a value/],
  ["postgresql://u@h/d?sslmode=disable&sslmode=require", /^contains one parameter twice/],
])("%s is refused: the driver would skip it, guess, or take it for something else", (text, sentence) => {
  expect(mistake(text)).toMatch(sentence);
});
