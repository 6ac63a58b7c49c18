/** The ways out of the house: an email, a text message. The word stands in rows, settings and commands. */
export const channelNames = ["mail", "sms"] as const;

export type ChannelName = (typeof channelNames)[number];
