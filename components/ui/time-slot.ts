/** Where the time goes in a countdown's sentence. Pages say it as the parameter: `say(id, { time: timeSlot })`. */
export const timeSlot = "{time}";
