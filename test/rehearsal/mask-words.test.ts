import { checkCharacter, readOrderNumber } from '../../src/contract/order-number';
import { createWordMask } from '../../src/rehearsal/mask-words';
import { createUnderstand } from '../../src/understanding/understand';

const recognizer = { version: 'none', recognize: () => ({ intents: [], candidates: [], isClose: false }) };
const understand = createUnderstand({ recognizer, timeZone: 'Asia/Shanghai' });
const find = (text: string, type: string) =>
  understand(text, { now: 0, localeHint: 'zh' }).entities.find((entity) => entity.type === type);

describe('createWordMask', () => {
  const mask = () => createWordMask(understand, 0);

  it('puts samples that dialogs read as they read the original', () => {
    const own = mask();
    const said = own(
      '我叫张伟，电话13912345678，家住人民路18号阳光小区3号楼2单元501室，单号F2611242F3K8Q7ZB',
    );
    expect(said).not.toMatch(/张伟|13912345678|人民路18|F261124/);
    expect(find(said, 'phone')).toBeDefined();
    expect(find(said, 'address')).toBeDefined();
    expect(own('打13912345678')).toBe('打13800001001');
    expect(own('或者13800138000')).toBe('或者13800001002');
  });

  it('puts an order number that is well formed for one that was, and a code for one that was masked', () => {
    const body = 'F26112400000013';
    const told = mask()(`单号${body}${checkCharacter(body)}`);
    expect(told).not.toContain(body);
    expect(readOrderNumber(told.slice(2))).not.toBeNull();
    expect(mask()('验证码是[验证码]')).toContain('100001');
    expect(mask()('身份证[证件号]')).toBe('身份证[证件号]');
  });
});
