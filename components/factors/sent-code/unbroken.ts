/** A masked number or address as it stands in a sentence: "+44 ••• 123" is not torn apart at the end of a line. */
export const unbroken = (place: string): string => place.replaceAll(" ", "\u00a0");
