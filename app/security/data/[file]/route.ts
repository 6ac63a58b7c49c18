import { notFound, redirect } from "next/navigation";
import { type DataFile, dataFiles, writeData } from "@/lib/account/data/write-data";
import { recordEvent } from "@/lib/audit/record-event";
import { mayDownloadUntil } from "@/lib/pending/may-download";
import { buildContext } from "@/lib/web/build-context";
import { freshPage } from "@/lib/web/guard";

const page = "/security/data";
const isDataFile = (file: string): file is DataFile => Object.hasOwn(dataFiles, file);

/** A file with what is kept about the account, made while it is read. It changes nothing, but that somebody has it is recorded. */
export async function GET(
  _: Request,
  { params }: { readonly params: Promise<{ readonly file: string }> },
): Promise<Response> {
  const { file } = await params;
  if (!isDataFile(file)) return notFound();
  const ctx = await buildContext();
  const { userId, sessionId } = await freshPage(ctx, "data.download", page);
  if ((await mayDownloadUntil(ctx, { userId, sessionId })) === null) return redirect(page);
  await recordEvent(ctx, { name: "data.downloaded", subjectId: userId, sessionId, meta: { file } });
  return new Response(streamOf(writeData(ctx, file, { userId, language: ctx.language })), {
    headers: {
      "content-type": `${dataFiles[file]}; charset=utf-8`,
      "content-disposition": `attachment; filename="${file}"`,
    },
  });
}

/** The pieces as they are asked for: whoever reads slowly holds nothing in memory. */
function streamOf(pieces: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>({
    pull: async (out) => {
      const { value, done } = await pieces.next();
      if (done === true) out.close();
      else out.enqueue(encoder.encode(value));
    },
    cancel: async () => void (await pieces.return(undefined)),
  });
}
