import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
import { AppError } from '../../errors';

/** Bytes of one message: the longest text is 2 KB, ciphertext and envelope treble that. */
export const XML_LIMIT = 64 * 1024;
const DEPTH_LIMIT = 5;
const ELEMENTS_LIMIT = 100;

/** Tags are read as text, so that an id of 64 bits stays whole. Entities are refused before, so none is processed. */
const parser = new XMLParser({
  ignoreAttributes: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  parseTagValue: false,
  processEntities: false,
  trimValues: false,
  maxNestedTags: DEPTH_LIMIT,
});

const documentSchema = z.object({ xml: z.record(z.string(), z.unknown()) });

const refused = (what: string, cause?: unknown) =>
  new AppError('bad-request', `The message is not the XML of WeChat: ${what}.`, { cause });

/** What stands outside of CDATA: there a `<!`, an entity or too many tags have no business. */
function checkMarkup(text: string): void {
  const outside = text.replace(/<!\[CDATA\[[\s\S]*?\]\]>/g, '');
  if (outside.includes('<!')) throw refused('it has a declaration');
  if (/&(?!(?:amp|lt|gt|quot|apos);)/.test(outside)) throw refused('it has an entity');
  if ((outside.match(/<[^/?]/g) ?? []).length > ELEMENTS_LIMIT) throw refused('it has too many elements');
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The texts of the message's fields, one level deep; what is nested deeper (kinds we do not read) is left out. */
export function readXml(text: string): Record<string, string> {
  if (Buffer.byteLength(text) > XML_LIMIT) throw refused('it is too large');
  checkMarkup(text);
  let parsed: unknown;
  try {
    parsed = parser.parse(text, true);
  } catch (error) {
    throw refused('it is not well formed', error);
  }
  const document = documentSchema.safeParse(parsed);
  if (!document.success) throw refused('it has no fields');
  const fields = Object.entries(document.data.xml).filter(
    (field): field is [string, string] => typeof field[1] === 'string',
  );
  return Object.fromEntries(fields.map(([name, value]) => [name, decode(text, name, value)]));
}

/** The five entities of XML itself, which have a meaning only where the value is not CDATA. */
function decode(text: string, name: string, value: string): string {
  if (!value.includes('&') || text.includes(`<${name}><![CDATA[`)) return value;
  return value.replace(/&(amp|lt|gt|quot|apos);/g, (whole, entity: string) => ENTITIES[entity] ?? whole);
}

/** Fields of a message that we write. Texts go as CDATA, numbers bare, lists as elements of their own. */
export type XmlFields = { [name: string]: string | number | XmlFields | undefined };

const cdata = (text: string): string =>
  // XML knows no other control characters, and a text must not end its CDATA.
  `<![CDATA[${stripControls(text).replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;

const stripControls = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that XML forbids
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');

const fieldsToXml = (fields: XmlFields): string =>
  Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `<${name}>${valueToXml(value ?? '')}</${name}>`)
    .join('');

function valueToXml(value: string | number | XmlFields): string {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? cdata(value) : fieldsToXml(value);
}

export const writeXml = (fields: XmlFields): string => `<xml>${fieldsToXml(fields)}</xml>`;
