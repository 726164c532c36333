import type { Step } from '../schema';

/** A step of a kind as it is put in: whole and valid, to be filled in. `slot` and `step` exist in the dialog. */
export function newStep(type: Step['type'], id: string, known: { slot: string; step: string }): Step {
  const { slot, step } = known;
  const text = { zh: '请填写内容。', en: 'Please fill in the text.' };
  const calling = { timeoutMs: 30_000, onTimeout: step, onError: step, saveAs: slot, next: step };
  switch (type) {
    case 'say':
      return { id, type, text, next: step };
    case 'ask':
      return { id, type, slot, prompt: text, next: step } as Step;
    case 'choose':
      return { id, type, slot, prompt: text, options: twoOptions, next: step } as unknown as Step;
    case 'set':
      return { id, type, values: { [slot]: 'null' }, next: step };
    case 'branch':
      return { id, type, cases: [{ when: `slots.${slot} == null`, next: step }], otherwise: step };
    case 'call':
      return { id, type, operation: 'incident.find', args: {}, ...calling } as Step;
    case 'work-order':
      return { id, type, kind: 'fault', summary: text, args: {}, ...calling };
    case 'answer':
      return { id, type, slot, otherwise: step, next: step };
    case 'survey':
      return { id, type, slot, prompt: text, labels: SCORES, next: step };
    case 'run':
      return { id, type, dialog: 'contact-phone', next: step };
    case 'handoff':
      return { id, type, reason: 'asked' } as Step;
    case 'end':
      return { id, type };
  }
}

const twoOptions = [
  { value: 'yes', label: { zh: '是', en: 'Yes' } },
  { value: 'no', label: { zh: '否', en: 'No' } },
];
const SCORES = [
  { zh: '1 很差', en: '1 bad' },
  { zh: '2 差', en: '2 poor' },
  { zh: '3 一般', en: '3 fair' },
  { zh: '4 好', en: '4 good' },
  { zh: '5 很好', en: '5 very good' },
];
