import { type ClockWatch, makeClockWatch } from "@/lib/serve/clock-watch";

/** A watch whose clock was never compared with the database's: the hour cannot be trusted. */
export const neverMeasured = (): ClockWatch =>
  makeClockWatch({ wall: () => 0, steady: () => 0, measure: async () => null });
