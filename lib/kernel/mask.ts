/** `ada@example.test` → `a•••@example.test`: enough to recognise one's own address, too little to learn it. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf("@");
  if (at < 1) return "•••";
  return `${Array.from(email)[0] ?? ""}•••${email.slice(at)}`;
}
