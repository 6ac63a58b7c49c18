/** Line drawings in a 24 × 24 box, each a path of its own, so that a page carries only those it shows. */
export const checkIcon = "M5 12.5l4.5 4.5L19 7.5";
export const attentionIcon = "M12 8v5m0 3.5v.01M12 3.5l9 16H3z";
export const infoIcon = "M12 11v5.5m0-9v.01M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18z";
export const stopIcon = "M12 7.5v5m0 3.5v.01M8.3 3h7.4L21 8.3v7.4L15.7 21H8.3L3 15.7V8.3z";
export const eyeIcon =
  "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9a3 3 0 1 1 0 6 3 3 0 0 1 0-6z";
export const eyeOffIcon =
  "M3.5 3.5l17 17M9.5 6A9 9 0 0 1 12 5.5c6 0 9.5 6.5 9.5 6.5a16 16 0 0 1-3 3.7M6 7.6A16 16 0 0 0 2.5 12S6 18.5 12 18.5a9 9 0 0 0 4-1";
export const copyIcon = "M9 9h11v11H9zM5 15H4V4h11v1";
export const downloadIcon = "M12 4v11m0 0l-4.5-4.5M12 15l4.5-4.5M4.5 20h15";
export const printIcon = "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z";
export const backIcon = "M14.5 6l-6 6 6 6";
export const nextIcon = "M9.5 6l6 6-6 6";
export const downIcon = "M6 9.5l6 6 6-6";
export const phoneIcon = "M8 2.5h8a1 1 0 0 1 1 1v17a1 1 0 0 1-1 1H8a1 1 0 0 1-1-1v-17a1 1 0 0 1 1-1zm3 16h2";
export const keyIcon = "M14.5 3.5a6 6 0 1 1-3.6 10.8L4 21H3v-3.5l6.7-6.6a6 6 0 0 1 4.8-7.4zM16 8v.01";
export const lockIcon = "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3";
export const messageIcon = "M4 4.5h16v11.5H10L5.5 20v-4H4zM8 9h8M8 12.5h5";
export const mailIcon = "M3.5 5.5h17v13h-17zM4 6.5l8 6.5 8-6.5";
