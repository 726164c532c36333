import type { Locale } from '../../../contract/activity';
import type { Dialog, Step } from '../../../dialogs/schema';

const SIGNS: Record<Locale, [RegExp, string][]> = {
  zh: [
    [/\s*==\s*null/g, '为空'],
    [/\s*!=\s*null/g, '已填'],
    [/\s*&&\s*/g, ' 且 '],
    [/\s*\|\|\s*/g, ' 或 '],
    [/!(?=[\w(])/g, '不是 '],
    [/\s*==\s*true\b/g, ''],
    [/\s*==\s*/g, ' 是 '],
    [/\s*!=\s*/g, ' 不是 '],
  ],
  en: [
    [/\s*==\s*null/g, ' is empty'],
    [/\s*!=\s*null/g, ' is filled'],
    [/\s*&&\s*/g, ' and '],
    [/\s*\|\|\s*/g, ' or '],
    [/!(?=[\w(])/g, 'not '],
    [/\s*==\s*true\b/g, ''],
    [/\s*==\s*/g, ' is '],
    [/\s*!=\s*/g, ' is not '],
  ],
};

/** A condition as it is read aloud: slots by their names, signs as words. What stands in quotes is kept. */
export function speakCondition(text: string, { slots }: Pick<Dialog, 'slots'>, locale: Locale): string {
  const parts = text.split(/('[^']*'|"[^"]*")/);
  return parts
    .map((part, i) => {
      if (i % 2 === 1) return part.replace(/^['"]|['"]$/g, locale === 'zh' ? '' : "'");
      const named = part.replace(/\bslots\.(\w+)/g, (_, name: string) => slots[name]?.name[locale] ?? name);
      return SIGNS[locale].reduce((said, [sign, word]) => said.replace(sign, word), named);
    })
    .join('')
    .trim();
}

/** One line of what a step says or does. */
export function speakStep(step: Step, dialog: Dialog, locale: Locale): string {
  const slot = (name: string | undefined) => dialog.slots[name ?? '']?.name[locale] ?? name ?? '';
  switch (step.type) {
    case 'say':
      return step.text[locale];
    case 'ask':
    case 'choose':
    case 'survey':
      return step.prompt[locale];
    case 'set':
      return Object.keys(step.values)
        .map(slot)
        .join(locale === 'zh' ? '、' : ', ');
    case 'branch':
      return step.cases.map(({ when }) => speakCondition(when, dialog, locale)).join(' · ');
    case 'call':
      return `${step.operation} → ${slot(step.saveAs)}`;
    case 'work-order':
      return step.summary[locale];
    case 'answer':
      return step.article ?? slot(step.slot);
    case 'run':
      return step.dialog;
    case 'handoff':
      return step.say?.[locale] ?? step.reason;
    case 'end':
      return step.text?.[locale] ?? '';
  }
}
