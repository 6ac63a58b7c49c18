import { Body } from "@react-email/body";
import { Button } from "@react-email/button";
import { Container } from "@react-email/container";
import { Head } from "@react-email/head";
import { Heading } from "@react-email/heading";
import { Html } from "@react-email/html";
import { Preview } from "@react-email/preview";
import { Text } from "@react-email/text";
import type { Piece } from "@/lib/letters/draft";

/** A letter, ready to be set as HTML. */
export type LetterSheet = {
  readonly subject: string;
  readonly pieces: readonly Piece[];
  readonly foot: readonly string[];
  readonly brand: { readonly name: string; readonly accent: string; readonly accentOnDark: string };
  /** BCP 47. */
  readonly tag: string;
};

const fonts =
  'system-ui, -apple-system, "Segoe UI", Roboto, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';
const digits = 'ui-monospace, "SF Mono", Menlo, Consolas, monospace';
/** The portal's own colours by day; mail programs know no variables. */
const day = { paper: "#f5f4f1", card: "#ffffff", ink: "#1a1e24", muted: "#555b64", line: "#dedbd3" };
const night = { paper: "#0d0f12", card: "#15171c", ink: "#e8eaed", muted: "#a4abb5", line: "#2b3038" };

const words = { margin: "0 0 16px", fontSize: "16px", lineHeight: "24px", color: day.ink };
const small = { margin: "0 0 8px", fontSize: "13px", lineHeight: "20px", color: day.muted };

const cardUnder = (accent: string) => ({
  maxWidth: "480px",
  padding: "24px 20px",
  backgroundColor: day.card,
  border: `1px solid ${day.line}`,
  borderTop: `4px solid ${accent}`,
  borderRadius: "8px",
});

/** Mail programs that know a dark ground take these; the others show the day. */
const byNight = ({
  accentOnDark,
}: LetterSheet["brand"]) => `:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (prefers-color-scheme:dark){
.paper,.paper td{background-color:${night.paper} !important}
.paper .card td{background-color:${night.card} !important}
.card{background-color:${night.card} !important;border-color:${night.line} !important;border-top-color:${accentOnDark} !important}
.ink{color:${night.ink} !important}
.muted{color:${night.muted} !important}
.accent{color:${accentOnDark} !important}
.fill{background-color:${accentOnDark} !important;color:${night.paper} !important}
}`;

/** One column that is readable at 320 pixels, styles on the elements themselves, nothing that would be fetched from anywhere. */
export function LetterHtml({ subject, pieces, foot, brand, tag }: LetterSheet) {
  const first = pieces.find((piece) => piece.kind === "sentence");
  return (
    <Html lang={tag} dir="ltr">
      <HeadHtml subject={subject} brand={brand} />
      <Body className="paper" style={{ margin: 0, padding: "24px 8px", backgroundColor: day.paper, fontFamily: fonts }}>
        <Preview>{first?.text ?? subject}</Preview>
        <Container className="card" style={cardUnder(brand.accent)}>
          <Text className="accent" style={{ ...words, fontWeight: 600, color: brand.accent }}>
            {brand.name}
          </Text>
          <Heading
            as="h1"
            className="ink"
            style={{ margin: "0 0 16px", fontSize: "22px", lineHeight: "28px", color: day.ink }}
          >
            {subject}
          </Heading>
          {pieces.map((piece) => (
            <PieceHtml key={keyOf(piece)} piece={piece} accent={brand.accent} />
          ))}
        </Container>
        <Container style={{ maxWidth: "480px", padding: "16px 20px 0" }}>
          {foot.map((line) => (
            <Text key={line} className="muted" style={small}>
              {line}
            </Text>
          ))}
        </Container>
      </Body>
    </Html>
  );
}

function HeadHtml({ subject, brand }: Pick<LetterSheet, "subject" | "brand">) {
  return (
    <Head>
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="supported-color-schemes" content="light dark" />
      <title>{subject}</title>
      <style>{byNight(brand)}</style>
    </Head>
  );
}

const keyOf = (piece: Piece) => (piece.kind === "sentence" ? piece.text : piece.kind);

function PieceHtml({ piece, accent }: { readonly piece: Piece; readonly accent: string }) {
  switch (piece.kind) {
    case "sentence":
      return (
        <Text className="ink" style={words}>
          {piece.text}
        </Text>
      );
    case "code":
      return <Code code={piece.code} />;
    case "rows":
      return <Rows rows={piece.rows} />;
    case "button":
      return <Way label={piece.label} href={piece.href} accent={accent} />;
  }
}

/** Read in groups of three or four, copied as one: the gap is room, not a character. */
function Code({ code }: { readonly code: string }) {
  const half = Math.ceil(code.length / 2);
  const style = {
    ...words,
    fontFamily: digits,
    fontSize: "30px",
    lineHeight: "40px",
    letterSpacing: "2px",
    fontWeight: 700,
  };
  return (
    <Text className="ink" style={style}>
      <span>{code.slice(0, half)}</span>
      <span style={{ paddingLeft: "12px" }}>{code.slice(half)}</span>
    </Text>
  );
}

function Rows({ rows }: { readonly rows: readonly { readonly label: string; readonly value: string }[] }) {
  return (
    <table role="presentation" cellPadding={0} cellSpacing={0} style={{ margin: "0 0 16px", width: "100%" }}>
      <tbody>
        {rows.map(({ label, value }) => (
          <tr key={label}>
            <td
              className="muted"
              style={{ ...small, padding: "2px 16px 2px 0", verticalAlign: "top", whiteSpace: "nowrap" }}
            >
              {label}
            </td>
            <td className="ink" style={{ ...words, width: "100%", padding: "2px 0", wordBreak: "break-word" }}>
              {value}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The address is also there to be read: who presses a button in a letter should see where it leads. */
function Way({ label, href, accent }: { readonly label: string; readonly href: string; readonly accent: string }) {
  const look = {
    padding: "14px 20px",
    borderRadius: "6px",
    backgroundColor: accent,
    color: "#ffffff",
    fontSize: "16px",
  };
  return (
    <>
      <Button className="fill" href={href} rel="noopener noreferrer" style={look}>
        {label}
      </Button>
      <Text className="muted" style={{ ...small, margin: "8px 0 16px", wordBreak: "break-all" }}>
        {href}
      </Text>
    </>
  );
}
