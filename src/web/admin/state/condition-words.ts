import type { Locale } from '../../../contract/activity';
import type { Relation } from '../../../dialogs/edit/sentences';
import type { Dialog } from '../../../dialogs/schema';

interface Option {
  value: string;
  label: string;
}

/** Things beside slots that a condition may be about. */
const OTHERS: Record<string, Record<Locale, string>> = {
  'customer.phone': { zh: '已验证的手机号', en: 'proven phone' },
  'customer.record': { zh: '已关联的客户', en: 'linked customer' },
  isStaffed: { zh: '有客服在岗', en: 'somebody is on duty' },
  openDialog: { zh: '来自哪个对话', en: 'dialog it came from' },
  channel: { zh: '渠道', en: 'channel' },
  locale: { zh: '语言', en: 'language' },
};

/** `slots.test.verdict` as "测试结果 · verdict": the slot's name, and the part of it. */
function nameOf(subject: string, { slots }: Dialog, locale: Locale): string {
  const [root, slot = '', ...parts] = subject.split('.');
  const named = root === 'slots' && Object.hasOwn(slots, slot) ? slots[slot] : undefined;
  if (named) return [named.name[locale], ...parts].join(' · ');
  return OTHERS[subject]?.[locale] ?? subject;
}

/** What a clause may be about: the dialog's slots, the rest, and what it is about now. */
export function subjectOptions(current: string, dialog: Dialog, locale: Locale): Option[] {
  const all = [...Object.keys(dialog.slots).map((name) => `slots.${name}`), ...Object.keys(OTHERS)];
  const known = all.includes(current) ? all : [current, ...all];
  return known.map((value) => ({ value, label: nameOf(value, dialog, locale) }));
}

const RELATION_WORDS: Record<Relation, Record<Locale, string>> = {
  is: { zh: '是', en: 'is' },
  'is-not': { zh: '不是', en: 'is not' },
  'is-known': { zh: '已经知道', en: 'is known' },
  'is-unknown': { zh: '还不知道', en: 'is not known' },
  'is-true': { zh: '为真', en: 'is true' },
  'is-false': { zh: '为假', en: 'is false' },
  holds: { zh: '成立', en: 'holds' },
  'holds-not': { zh: '不成立', en: 'does not hold' },
  'is-said': { zh: '刚刚说到', en: 'was just said' },
  'at-least': { zh: '至少是', en: 'is at least' },
  'at-most': { zh: '最多是', en: 'is at most' },
  'more-than': { zh: '大于', en: 'is more than' },
  'less-than': { zh: '小于', en: 'is less than' },
};

/** `is-said` is about a name that was said, not a path: it is neither chosen nor left by a menu. */
export const relationOptions = (current: Relation, locale: Locale): Option[] =>
  (Object.keys(RELATION_WORDS) as Relation[])
    .filter((relation) => (relation === 'is-said') === (current === 'is-said'))
    .map((value) => ({ value, label: RELATION_WORDS[value][locale] }));

/** What can be chosen for a slot somewhere in the dialog; empty where anything may stand. */
export function valueOptions(subject: string, current: string, { steps }: Dialog, locale: Locale): Option[] {
  const all = steps.flatMap((step) =>
    step.type === 'choose' && `slots.${step.slot}` === subject
      ? step.options.map(({ value, label }) => ({ value, label: label[locale] }))
      : [],
  );
  const once = all.filter(({ value }, i) => all.findIndex((each) => each.value === value) === i);
  if (once.length === 0 || once.some(({ value }) => value === current)) return once;
  return [...once, { value: current, label: current }];
}
