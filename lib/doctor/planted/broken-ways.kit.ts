import { createServer, type Server } from "node:https";
import { generate } from "selfsigned";
import { away, type Planted } from "@/lib/doctor/planted/planted.kit";
import { systemClock } from "@/lib/kernel/clock";
import { type Duration, days, earlier, later } from "@/lib/kernel/duration";
import { type Line, startLine } from "@/lib/testing/spoken-line";

type Acts = Pick<Planted, "plant" | "wrong" | "undo">;

/** A real server of TLS at the public address, whose certificate nobody but itself has signed and which is good for so long yet; or was, where that is below nothing. */
export function certificate(goodFor: Duration): Acts {
  const servers: Server[] = [];
  return {
    plant: async (house) => {
      const [notBeforeDate, notAfterDate] = [earlier(systemClock.now(), days(30)), later(systemClock.now(), goodFor)];
      const names = [{ name: "commonName", value: "localhost" }];
      const { private: key, cert } = await generate(names, { keyType: "ec", notBeforeDate, notAfterDate });
      const server = createServer({ key, cert }, (_, res) => void res.end());
      servers.push(server);
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const address = server.address();
      const port = address === null || typeof address === "string" ? 0 : address.port;
      house.set({ APP_URL: `https://localhost:${port}`, TRUSTED_PROXIES: "127.0.0.1" });
    },
    undo: async () => {
      for (const server of servers.splice(0)) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}

/** Something between portal and database that has another time zone of its own. */
export function strangeWay(): Acts {
  const lines: Line[] = [];
  return {
    plant: async (house) => {
      lines.push(await startLine(house.url(), (said) => said.replace("TimeZone = 'UTC'", "TimeZone = 'EST'")));
    },
    wrong: () => {
      const [line] = lines;
      if (line === undefined) return away("ECONNREFUSED");
      return { database: (sound) => ({ ...sound, url: line.url, isBuiltIn: false }) };
    },
    undo: async () => {
      for (const line of lines.splice(0)) await line.stop();
    },
  };
}
