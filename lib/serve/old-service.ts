import { languageOfClient } from "@/lib/messages/choose-language";
import { type Exchange, languageOf, pathOf } from "@/lib/serve/exchange";
import { keptByNobody, nothingPolicy, securityHeaders } from "@/lib/web/headers";
import { oldServiceAnswer } from "@/lib/web/old-service";

/** Answers at an address of the service that apps come from: nothing behind this door hears of it, and what it sends is not read. */
export function answerOldService({ req, res, house }: Exchange): void {
  const said = (name: string) => req.headers[name]?.toString() ?? null;
  const { status, headers, body } = oldServiceAnswer({
    method: req.method ?? "",
    path: pathOf(req),
    origin: said("origin"),
    wishes: { method: said("access-control-request-method"), headers: said("access-control-request-headers") },
    language: languageOfClient(said("x-authing-lang")) ?? languageOf(req, house),
  });
  const common = { ...securityHeaders(house), "cache-control": keptByNobody };
  const isEndless = req.headers["transfer-encoding"] !== undefined; // what comes without a length is not waited for
  res.writeHead(status, {
    ...common,
    ...headers,
    "content-security-policy": nothingPolicy,
    ...(status === 204 ? {} : { "content-length": Buffer.byteLength(body) }),
    ...(isEndless ? { connection: "close" } : {}),
  });
  res.end(body);
}
