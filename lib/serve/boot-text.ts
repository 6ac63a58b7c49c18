/** What an operator reads when the configuration ends the start: every mistake in one go. */
export function mistakesText(mistakes: readonly string[]): string {
  const list = mistakes.map((mistake) => `  - ${mistake}`).join("\n");
  return `The portal cannot start. Its configuration has these mistakes:\n${list}\nThe keys are explained in docs/operate.md.\n`;
}
