/** Every file that a browser fetches for a page: scripts (none that only browsers without modules want), styles, fonts, pictures. */
export function filesNamedIn(html) {
  const tags = [...html.matchAll(/<(?:script|link|img)\s[^>]*>/gi)].map(([tag]) => tag);
  const wanted = tags.filter(
    (tag) => !/\snomodule/i.test(tag) && !/\srel="(?:canonical|alternate|dns-prefetch)/i.test(tag),
  );
  const addresses = wanted.map((tag) => /\s(?:src|href)="([^"]+)"/i.exec(tag)?.[1]?.replaceAll("&amp;", "&"));
  const skipped = tags.filter((tag) => /\snomodule/i.test(tag)).map((tag) => /\ssrc="([^"]+)"/i.exec(tag)?.[1]);
  return [...new Set(addresses)].filter((name) => name?.startsWith("/") && !skipped.includes(name));
}
