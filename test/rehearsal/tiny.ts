import type { Stage } from '../../src/rehearsal/rehearse';
import type { Understand } from '../../src/understanding/understand';
import { dialogSet, meaning } from '../support/dialogs';

const shop = `
id: shop
name: { zh: 营业时间, en: opening hours }
intents: [shop]
slots:
  day: { name: { zh: 日子, en: day } }
  hour: { name: { zh: 时间, en: hour } }
steps:
  - id: day
    type: choose
    slot: day
    prompt: { zh: 哪天来？, en: Which day? }
    options:
      - { value: monday, label: { zh: 周一, en: Monday } }
      - { value: tuesday, label: { zh: 周二, en: Tuesday } }
    next: done
  - id: done
    type: end
    text: { zh: 好的，到时见。, en: See you then. }
`;
/** A question that another version puts first. */
export const hour = `
  - id: hour
    type: choose
    slot: hour
    prompt: { zh: 上午还是下午？, en: Morning or afternoon? }
    options:
      - { value: am, label: { zh: 上午, en: morning } }
      - { value: pm, label: { zh: 下午, en: afternoon } }
    next: done
`.slice(1);
const lost = `
id: lost
name: { zh: 失物, en: lost things }
intents: [lost]
slots: {}
steps:
  - { id: done, type: end, text: { zh: 失物请打电话。, en: Please call. } }
`;

/** Knows exactly these sentences. */
export const understandTiny = (known: Record<string, string>): Understand => {
  return (text) => meaning(text, {}, known[text]);
};

/** Two dialogs; `change` makes another version of the first. */
export function loadTiny(change: (text: string) => string = (text) => text): Stage {
  return {
    set: dialogSet({ 'shop.yaml': change(shop), 'lost.yaml': lost }, ['shop', 'lost']),
    understand: understandTiny({ 开门吗: 'shop', 钥匙丢了: 'lost' }),
  };
}
