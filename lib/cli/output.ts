import { fstatSync, statSync, writeSync } from "node:fs";
import { Writable } from "node:stream";

/**
 * What was written and did not arrive. `why`: whoever read it went away; it could not be kept where it was to go; or stdout leads nowhere, because it is closed (Node
 * then puts the null device in its place) or that device from the beginning.
 */
export type LostOutput = Error & { readonly lost: "reader" | "place" | "nowhere" };

export const isLostOutput = (fault: unknown): fault is LostOutput => fault instanceof Error && "lost" in fault;

export type Output = {
  /** For text and for bytes; what is written in it fails with a `LostOutput`. */
  readonly stream: Writable;
  /** Once everything was tried that was written so far: what became of it, null when all of it arrived. */
  readonly lost: () => Promise<LostOutput | null>;
};

/**
 * One of the streams of this process, which tells what was lost on it. A fault there is nobody's but its reader's or its disk's: it must not be taken for one of the database, which
 * says EPIPE too. `fd`: where it leads; Node's own stream to a file drops the rest of a piece that the disk takes in part.
 */
export function outputTo(into: NodeJS.WriteStream, fd: number): Output {
  let lost: LostOutput | null = isNowhere(fd) ? lostOutput("nowhere", "Nothing reads the output") : null;
  const [isFile, nothing] = [statOf(fd)?.isFile() === true, Buffer.alloc(0)];
  into.on("error", () => undefined); // each writer hears of its own
  const stream = new Writable({
    write(piece: Buffer, _, done) {
      const told = (fault: Error | null | undefined) => {
        if (fault) lost = lostBy(fault);
        done(fault ? lost : null);
      };
      if (piece.length === 0)
        done(); // a full disk takes not even nothing, and nothing is lost with it
      else if (isFile) told(writeWhole(fd, piece));
      else into.write(piece, told);
    },
  });
  stream.on("error", () => undefined);
  return { stream, lost: () => new Promise((resolve) => stream.write(nothing, () => resolve(lost))) };
}

const lostOutput = (lost: LostOutput["lost"], text: string): LostOutput => Object.assign(new Error(text), { lost });

function lostBy(fault: Error): LostOutput {
  const code = "code" in fault && typeof fault.code === "string" ? fault.code : fault.name;
  if (code === "EPIPE" || code === "ECONNRESET") return lostOutput("reader", "Whoever read the output went away");
  return lostOutput("place", `The output could not be written (${code})`);
}

function writeWhole(fd: number, piece: Buffer): Error | null {
  try {
    for (let at = 0; at < piece.length; ) at += writeSync(fd, piece, at);
    return null;
  } catch (fault) {
    return fault instanceof Error ? fault : new Error(String(fault));
  }
}

function isNowhere(fd: number): boolean {
  const [found, nowhere] = [statOf(fd), statOf("/dev/null")];
  return found?.isCharacterDevice() === true && found.rdev === nowhere?.rdev;
}

function statOf(place: number | string) {
  try {
    return typeof place === "number" ? fstatSync(place) : statSync(place);
  } catch {
    return null;
  }
}
