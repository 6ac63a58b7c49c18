import { expect, test } from "vitest";
import { deviceName, deviceOf } from "@/lib/context/device-name";
import { workOf } from "@/lib/testing/hostile/growth";

const mozilla = "Mozilla/5.0";
const webkit = "AppleWebKit/537.36 (KHTML, like Gecko)";
const windows = `${mozilla} (Windows NT 10.0; Win64; x64)`;
const android = `${mozilla} (Linux; Android 16; Pixel 9)`;
const mac = `${mozilla} (Macintosh; Intel Mac OS X 10_15_7)`;
const iphone = `${mozilla} (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)`;

test.each([
  [`${mozilla} (Windows NT 10.0; Win64; x64; rv:147.0) Gecko/20100101 Firefox/147.0`, "Firefox", "Windows"],
  [`${mozilla} (X11; Linux x86_64; rv:147.0) Gecko/20100101 Firefox/147.0`, "Firefox", "Linux"],
  [`${windows} ${webkit} Chrome/146.0.0.0 Safari/537.36`, "Chrome", "Windows"],
  [`${windows} ${webkit} Chrome/146.0.0.0 Safari/537.36 Edg/146.0.0.0`, "Edge", "Windows"],
  [`${windows} ${webkit} Chrome/146.0.0.0 Safari/537.36 OPR/120.0`, "Opera", "Windows"],
  [`${mac} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Safari/605.1.15`, "Safari", "macOS"],
  [`${mac} ${webkit} Chrome/146.0.0.0 Safari/537.36 Vivaldi/7.1`, "Vivaldi", "macOS"],
  [`${iphone} Version/19.1 Mobile/15E148 Safari/604.1`, "Safari", "iPhone"],
  [`${iphone} CriOS/146.0 Mobile/15E148 Safari/604.1`, "Chrome", "iPhone"],
  [`${iphone} FxiOS/147.0 Mobile/15E148 Safari/605.1.15`, "Firefox", "iPhone"],
  [`${android} ${webkit} Chrome/146.0.0.0 Mobile Safari/537.36`, "Chrome", "Android"],
  [`${android} ${webkit} SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36`, "Samsung Internet", "Android"],
  [`${android} ${webkit} Version/4.0 Chrome/130.0 Mobile Safari/537.36 MicroMessenger/8.0.50`, "WeChat", "Android"],
  [`${mozilla} (X11; CrOS x86_64 16000.0.0) ${webkit} Chrome/146.0.0.0 Safari/537.36`, "Chrome", "ChromeOS"],
  [`${mozilla} (iPad; CPU OS 19_1 like Mac OS X) AppleWebKit/605.1.15`, null, "iPad"],
  ["curl/8.5.0", null, null],
  ["", null, null],
])("%s is %s on %s", (agent, browser, system) => {
  expect(deviceOf(agent)).toEqual({ browser, system });
});

test("it is said in the reader's language, and never in a stranger's words", () => {
  const agent = `${windows} ${webkit} Chrome/146.0.0.0 Safari/537.36`;
  expect(deviceName(agent, "en")).toBe("Chrome on Windows");
  expect(deviceName(agent, "zh")).toBe("Windows 上的 Chrome");
  expect(deviceName("Your account is locked, call +1 900 555", "en")).toBe("Unknown browser");
  expect(deviceName("Firefox/1 your account is locked", "en")).toBe("Firefox on an unknown system");
  expect(deviceName("npm run portal", "en")).toBe("the administrator’s command line");
});

test("a header of any length costs the same", async () => {
  const long = "Version/1 ".repeat(100_000);
  expect(deviceOf(long)).toEqual({ browser: null, system: null });
  expect(await workOf(deviceOf, long)).toBeLessThan(50);
});
