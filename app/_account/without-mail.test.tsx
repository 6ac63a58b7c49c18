import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { ContactsCard } from "@/app/security/_cards/contacts-card";
import { FurtherCard } from "@/app/security/contacts/further-card";
import { LoginEmailCard, PhoneCard } from "@/app/security/contacts/login-cards";
import { DeleteCard, DownloadCard } from "@/app/security/data/cards";
import { readContacts } from "@/lib/account/contacts/read-contacts";
import { readOverview } from "@/lib/account/read-overview";
import { sayIn } from "@/lib/messages/say";
import { whyNotDelete } from "@/lib/pending/why-not-delete";
import { sendingSettings } from "@/lib/testing/letters";
import { openHouse } from "@/lib/testing/story";
import { makePerson } from "@/lib/testing/test-context";
import { setSettings } from "@/lib/testing/test-settings";

const house = openHouse(sendingSettings);
const off = { ...sendingSettings, MAIL_CHANNEL: "off", SMS_CHANNEL: "off", SECOND_FACTOR_KINDS: "totp" };
const languages = ["en", "zh"] as const;

async function someone(isConfirmed: boolean) {
  const person = await makePerson(house.ctx);
  const emailConfirmedAt = isConfirmed ? house.ctx.now : null;
  await house.db.user.update({ where: { id: person.userId }, data: { emailConfirmedAt } });
  const contacts = await readContacts(house.ctx, person);
  const overview = await readOverview(house.ctx, {
    userId: person.userId,
    isAdmin: false,
    policy: null,
    deviceId: null,
  });
  if (contacts === null) throw new Error("They have an account.");
  return { contacts, overview };
}

describe.each(languages)("while no letter can leave, in %s", (language) => {
  const say = sayIn(language);

  test.each([true, false])(
    "no page warns of what cannot be mended, nor promises a letter; confirmed: %s",
    async (is) => {
      setSettings(off);
      const { contacts, overview } = await someone(is);
      const html = [
        <ContactsCard key="card" now={house.ctx.now} overview={overview} say={say} language={language} />,
        <LoginEmailCard key="email" contacts={contacts} say={say} />,
        <FurtherCard key="further" contacts={contacts} say={say} language={language} />,
        <PhoneCard key="phone" contacts={contacts} say={say} />,
      ].map((card) => renderToStaticMarkup(card));
      for (const card of html) expect(card).not.toMatch(/text-warn|tells you of changes|仍会告知您/);
      expect(html[0]).toMatch(is ? /no address is told|不会通知任何邮箱/ : /can be confirmed once|即可确认/);
      expect(html[3]).toMatch(/One can be set here once this portal sends text messages|发送短信后，即可在此设置/);
    },
  );

  test("and once one can, who has not confirmed theirs is warned, with the way to do it", async () => {
    setSettings(sendingSettings);
    const { overview } = await someone(false);
    const html = renderToStaticMarkup(
      <ContactsCard now={house.ctx.now} overview={overview} say={say} language={language} />,
    );
    expect(html).toContain("text-warn");
  });

  test("the wait of a change is said as a time, and not by what a portal notices", () => {
    const said = say("pending.banner_uncounted", { change: "X", hours: 168, told: "no" });
    expect(said).toMatch(/in seven days at the earliest|最早将在七天后/);
    expect(said).not.toMatch(/noticed|无法发出/);
  });
});

describe("the page of one's data", () => {
  const say = sayIn("en");

  test("asks for nothing that is asked for already, unless it would be done at once by now", () => {
    const card = (waits: boolean) =>
      renderToStaticMarkup(<DownloadCard say={say} until={null} waits={waits} isAsked={true} />);
    expect(card(true)).toContain(say("data.asked"));
    expect(card(true)).not.toContain("<button");
    expect(card(false)).toContain(say("data.ask_button"));
    const deletion = renderToStaticMarkup(<DeleteCard say={say} isAsked={true} against={null} />);
    expect(deletion).not.toContain("href");
  });

  test("tells the last administrator what is against it, before they prove who they are", async () => {
    const last = await makePerson(house.ctx, { isAdmin: true });
    const against = await whyNotDelete(house.ctx, last.userId);
    const html = renderToStaticMarkup(<DeleteCard say={say} isAsked={false} against={against} />);
    expect(html).toContain("people add EMAIL --admin");
    expect(html).not.toContain("href");
    await makePerson(house.ctx, { isAdmin: true });
    expect(await whyNotDelete(house.ctx, last.userId)).toBeNull();
  });
});
