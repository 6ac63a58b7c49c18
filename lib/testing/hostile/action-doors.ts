import type { ActionOfTheHouse } from "@/lib/testing/hostile/actions";
import type { Body } from "@/lib/testing/hostile/bodies";
import { type Caller, callers } from "@/lib/testing/hostile/callers";
import { type Door, mixed, type Place } from "@/lib/testing/hostile/door";
import { goodForms, hostileForms, oddForms, scripted, scriptless } from "@/lib/testing/hostile/form-bodies";
import type { Shot } from "@/lib/testing/hostile/waiting";

/** A server action, called as a page's script calls it and as a browser without scripts does. `which`: of its forms, where it reads more than one. */
export function actionDoor({ url, actionId }: Place, name: string, action: ActionOfTheHouse, which?: string): Door {
  const open: Door["open"] = async (ctx) => {
    const caller = await callers[action.by](ctx);
    const named = Object.entries(action.fields).map(([field, value]) => [field, withOwn(value, caller)]);
    const fields: Readonly<Record<string, string>> = Object.fromEntries(named);
    const [id, isBare] = [actionId(name), action.isBare ?? false];
    const shoot = (headers: Shot["headers"]) => (body: Body) => ({
      name: body.name,
      method: "POST",
      path: withOwn(action.at, caller),
      body: body.bytes,
      headers: {
        origin: url,
        "sec-fetch-site": "same-origin",
        cookie: caller.cookie,
        "content-type": body.type,
        ...headers,
      },
    });
    const byScript = shoot({ accept: "text/x-component", "next-action": id });
    const byBrowser = shoot({ accept: "text/html" });
    const [script, browser] = [scripted(isBare), scriptless(id, isBare)];
    return {
      good: mixed([goodForms(script, fields).map(byScript), goodForms(browser, fields).map(byBrowser)]),
      hostile: mixed([
        hostileForms(script, fields).map(byScript),
        hostileForms(browser, fields).map(byBrowser),
        oddForms().map(byScript),
      ]),
    };
  };
  return { name: which === undefined ? name : `${name}, ${which}`, open };
}

const withOwn = (text: string, { link, factor }: Caller) => text.replace("{link}", link).replace("{factor}", factor);
