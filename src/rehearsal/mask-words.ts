import { checkCharacter } from '../contract/order-number';
import { createVeil } from '../understanding/language-model/veil';
import type { Understand } from '../understanding/understand';

/** What stands for the n-th personal value of a kind (from 1): of the same shape, so that a dialog reads it as before. */
const SAMPLES: Record<string, (n: number) => string> = {
  phone: (n) => `1380000${String(1000 + n).slice(-4)}`,
  account: (n) => `hz88${String(100_000 + n)}`,
  order: (n) => orderNumber(n),
  address: (n) => `幸福路${n}号阳光小区${n}号楼2单元501室`,
  name: (n) => ['王小明', '李小红', '张小华', '陈小平', '刘小青'][(n - 1) % 5] ?? '王小明',
  network: (n) => `HOME-${n}`,
  mail: (n) => `customer${n}@example.com`,
  code: () => '100001',
  document: () => '[证件号]',
  number: (n) => String(100_000 + n),
};

function orderNumber(n: number): string {
  const body = `F2601010000000${String(n % 10)}`;
  return body + checkCharacter(body);
}

const PLACEHOLDER = /⟦([a-z]+)-(\d+)⟧/gu;

/**
 * Words of one customer with everything personal replaced by samples, the same value by the same sample. What was
 * masked when it was received stays masked, but for codes, which dialogs ask for.
 */
export function createWordMask(understand: Understand, now: number): (text: string) => string {
  const findEntities = (text: string) => understand(text, { now, localeHint: null }).entities;
  const veil = createVeil(findEntities, []);
  return (text) =>
    veil
      .hide(text)
      .replace(
        PLACEHOLDER,
        (_all, kind: string, n: string) => (SAMPLES[kind] ?? SAMPLES.number)?.(Number(n)) ?? '',
      )
      .replaceAll('[验证码]', '100001');
}
