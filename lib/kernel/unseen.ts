/** Format characters, and all that Unicode gives no picture of its own (UAX #44, Default_Ignorable_Code_Point): marks of direction, joiners, soft hyphens, byte order marks, fillers. */
const unseen = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
const unseenButJoiners = /(?![\u200c\u200d])[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * The text without what nobody can see. Address books, chats and web pages put such characters into what is copied from them; whoever pastes it
 * cannot know, so they never make a typed thing another one. `butJoiners`: some scripts and emoji are spelled with U+200C and U+200D.
 */
export const withoutUnseen = (text: string, { butJoiners = false } = {}): string =>
  text.replace(butJoiners ? unseenButJoiners : unseen, "");
