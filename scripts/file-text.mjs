/**
 * The text of a file as other systems write it. In: its bytes. Out: { text } without a byte order mark, or { mistake }, the end of a
 * sentence that begins with the file's name. Nothing is guessed: bytes read by a wrong alphabet would be another secret.
 */
export function fileText(bytes) {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) || bytes.includes(0))
    return { mistake: "is not saved as UTF-8 but, it seems, as UTF-16. Save it as UTF-8 and try again." };
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes).replace(/^\uFEFF+/, "") };
  } catch {
    return { mistake: "holds letters that are not UTF-8. Save it as UTF-8 and try again." };
  }
}
