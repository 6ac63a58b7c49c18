/** A browser without scripts: it keeps cookies, follows no redirect by itself, and fills the one form of a page that has a field of a given name. */
export function openForms(origin) {
  const cookies = new Map();
  const ask = async (path, init = {}) => {
    const headers = { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; "), ...init.headers };
    const answer = await fetch(new URL(path, origin), { redirect: "manual", ...init, headers });
    for (const line of answer.headers.getSetCookie()) {
      const [name, ...parts] = line.split(";")[0].split("=");
      const value = parts.join("=");
      if (value === "") cookies.delete(name);
      else cookies.set(name, value);
    }
    return { status: answer.status, to: answer.headers.get("location"), text: await answer.text() };
  };
  const submit = async (path, fields) => {
    const page = await ask(path);
    const body = new FormData();
    for (const [name, value] of hiddenFields(formWith(page.text, Object.keys(fields)[0]))) body.append(name, value);
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    const answer = await ask(path, { method: "POST", body, headers: { origin } });
    if (answer.to === null) throw new Error(`the form of ${path} answered ${answer.status} and led nowhere`);
    return answer.to;
  };
  return { ask, submit };
}

function formWith(text, field) {
  const found = text.split("<form").find((part) => part.split("</form>")[0].includes(`name="${field}"`));
  if (found === undefined) throw new Error(`the page has no form with a field ${field}`);
  return found.split("</form>")[0];
}

function hiddenFields(form) {
  const tags = form.split("<input").slice(1);
  return tags
    .map((tag) => tag.split(">")[0])
    .filter((tag) => tag.includes('type="hidden"'))
    .map((tag) => [attribute(tag, "name"), attribute(tag, "value")]);
}

const attribute = (tag, name) => plain(tag.split(` ${name}="`)[1]?.split('"')[0] ?? "");
const plain = (text) =>
  text
    .replaceAll("&quot;", '"')
    .replaceAll("&#x27;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
