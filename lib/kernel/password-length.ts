/**
 * How many characters a password has, as people count them: code points after NFKC (NIST SP 800-63B-4, 3.1.1.2), not UTF-16 units. The meter in
 * the browser and the rule on the server count by this one function.
 */
export const passwordLength = (password: string): number => Array.from(password.normalize("NFKC")).length;
