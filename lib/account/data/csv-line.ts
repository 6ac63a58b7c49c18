/** A cell that begins so is a formula to a spreadsheet (OWASP, CSV injection): it gets an apostrophe, which makes it text. */
const formula = /^[=+\-@\t\r]/;

/** One line of a CSV file (RFC 4180), every cell in quotes. Pure. */
export const csvLine = (cells: readonly string[]): string => `${cells.map(cellOf).join(",")}\r\n`;

const cellOf = (text: string): string => `"${(formula.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
