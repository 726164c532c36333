import { z } from 'zod';
import type { ColumnType, FactValue } from '../../contract/tables';

/** What cells of a table may hold, and how each kind is said. What is wrong is told in words that a remedy follows. */
const CELL_LENGTH = 200;
const both = (text: string): FactValue => ({ zh: text, en: text });

const pad = (part: string | undefined): string => String(part ?? '').padStart(2, '0');

/** 2026-12-31; a spreadsheet may have made 2026/12/31 of it. */
export const dayCellSchema = z
  .string()
  .regex(/^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}$/, 'no day')
  .transform((text) => {
    const [year, month, day] = text.split(/[-/.]/);
    return `${year}-${pad(month)}-${pad(day)}`;
  })
  .pipe(z.iso.date('no day'));

const yuan = z
  .string()
  .regex(/^\d{1,6}(?:\.\d{1,2})?$/, 'no amount')
  .transform((text): FactValue => ({ zh: `${Number(text)} 元`, en: `${Number(text)} yuan` }));

const number = z
  .string()
  .regex(/^-?\d{1,9}(?:\.\d{1,4})?$/, 'no number')
  .transform((text) => both(String(Number(text))));

const PERIOD = /^(\d{1,2}):([0-5]\d)[-–—~～至](\d{1,2}):([0-5]\d)$/u;
const minutesOf = (hour: string | undefined, minute: string | undefined): number =>
  Number(hour) * 60 + Number(minute);

/** "8:30–18:00"; null for what is none. */
function periodOf(text: string): string | null {
  const [, fromHour, fromMinute, toHour, toMinute] = PERIOD.exec(text) ?? [];
  if (fromHour === undefined) return null;
  const [opens, closes] = [minutesOf(fromHour, fromMinute), minutesOf(toHour, toMinute)];
  if (opens >= closes || closes > 24 * 60) return null;
  return `${Number(fromHour)}:${fromMinute}–${Number(toHour)}:${toMinute}`;
}

const hours = z
  .string()
  .max(CELL_LENGTH, 'too long')
  .transform((text) =>
    text
      .replaceAll('：', ':')
      .split(/[\s,，、;；]+/u)
      .map(periodOf),
  )
  .refine((periods) => periods.every((period) => period !== null), 'no hours')
  .transform((periods): FactValue => ({ zh: periods.join('、'), en: periods.join(', ') }));

const day = dayCellSchema.transform((text): FactValue => {
  const [year, month, date] = text.split('-').map(Number);
  return { zh: `${year}年${month}月${date}日`, en: `${month}/${date}/${year}` };
});

/** A spreadsheet runs what begins like this when it opens the file. */
const FORMULA = /^[=+@-]/;
/** What a file of another encoding, or a program, leaves in a text. */
const DAMAGED = /[\p{Cc}\ufffd]/u;
const words = z
  .string()
  .max(CELL_LENGTH, 'too long')
  .refine((text) => !FORMULA.test(text), 'a formula')
  .refine((text) => !DAMAGED.test(text), 'a damaged text')
  .refine((text) => !/[{}]/.test(text), 'a template')
  .transform(both);

export const cellSchemas: Record<ColumnType, z.ZodType<FactValue, string>> = {
  yuan,
  number,
  hours,
  day,
  text: words,
  zh: words,
  en: words,
};

/** What to write instead, by what is wrong with a cell. */
export const CELL_REMEDIES: Record<string, string> = {
  'no day': 'write a day such as 2026-12-31',
  'no amount': 'write yuan as a number alone, such as 30 or 99.9',
  'no number': 'write a number alone',
  'no hours': 'write hours such as 8:30-18:00, several with a space between',
  'too long': `write at most ${CELL_LENGTH} characters`,
  'a formula': 'begin with another character than = + - @',
  'a damaged text': 'save the file as UTF-8, without line breaks in cells',
  'a template': 'leave out { and }',
  'no place': 'write a city or province by its full name, such as 南京市',
};

/** A city or a province by its full name. */
export const placeCellSchema = z
  .string()
  .regex(/^\p{Script=Han}{1,20}(?:省|自治区|市|州|盟|地区|特别行政区)$/u, 'no place');

export const keyCellSchema = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'no key');
