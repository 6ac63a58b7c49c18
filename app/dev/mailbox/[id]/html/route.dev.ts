import { readMailboxLetter } from "@/lib/delivery/read-mailbox";
import { mailPolicy } from "@/lib/web/headers";

type Given = { readonly params: Promise<{ readonly id: string }> };

/** A mail's HTML as a document of its own, under a policy of its own, so that no page has to loosen its. */
export async function GET(_: Request, { params }: Given): Promise<Response> {
  const letter = await readMailboxLetter((await params).id);
  if (letter === null || letter.html === null) return new Response(null, { status: 404 });
  return new Response(letter.html, {
    headers: { "content-type": "text/html; charset=utf-8", "content-security-policy": mailPolicy },
  });
}
