/**
 * Why a racer got neither what they asked for nor a refusal that is theirs: "later" (somebody else was first for too long, or there was no room: come back), "fault" (anything
 * else that is ours), or null. The API says both in the envelope of an answer that is 200.
 */
export function unserved({ status, body }, isOfApi) {
  const code = isOfApi && status === 200 ? Number(/^\{"code":(\d+)/.exec(body)?.[1]) : status;
  if (code === 503) return "later";
  return code >= 500 && code < 600 ? "fault" : null;
}
