import { wechatSettingsSchema, wecomSettingsSchema } from '../../../src/contract/channel-accounts';
import {
  type AccountForm,
  FIELDS,
  formOf,
  lacksOf,
  randomText,
  secretsOf,
  settingsOf,
} from '../../../src/web/admin/state/account-form';

const WECHAT = wechatSettingsSchema.parse({
  ...{ appId: 'wx1', openPlatform: 'operator', handoff: 'wechat', canShowMenu: false },
  menu: { BILL: '查话费', A: 'a=b' },
  template: { id: 't1', field: 'thing' },
  message: { sends: 20, windowSeconds: 3600 },
});
const WECOM = wecomSettingsSchema.parse({ corpId: 'ww1', openKfIds: ['a', 'b'], doubleCodes: [1, 2] });
const account = (vendor: 'wechat' | 'wecom', settings: object) =>
  ({
    ...{ vendor, name: 'shop', setIn: 'page', isOn: true, callback: '', revision: 1, fault: null },
    ...{ changedAt: 0, changedBy: '', secrets: { appSecret: true, token: true }, settings },
  }) as Parameters<typeof formOf>[1];
const set = (form: AccountForm, path: string, value: string | boolean): AccountForm => ({
  ...form,
  values: { ...form.values, [path]: value },
});

describe('the form of an account', () => {
  it('has a field for every setting, and makes the same settings again', () => {
    expect(wechatSettingsSchema.parse(settingsOf(formOf('wechat', account('wechat', WECHAT))))).toEqual(
      WECHAT,
    );
    expect(wecomSettingsSchema.parse(settingsOf(formOf('wecom', account('wecom', WECOM))))).toEqual(WECOM);
    const tops = (vendor: 'wechat' | 'wecom') =>
      [...new Set(FIELDS[vendor].map(({ path }) => path.split('.')[0]))].sort();
    expect(tops('wechat')).toEqual(Object.keys(wechatSettingsSchema.shape).sort());
    expect(tops('wecom')).toEqual(Object.keys(wecomSettingsSchema.shape).sort());
  });

  it('says what a new account lacks', () => {
    expect([...lacksOf(formOf('wechat', null))].sort()).toEqual([
      ...['appId', 'appSecret', 'encodingAesKey', 'name', 'token'],
    ]);
    const plain = set(formOf('wechat', null), 'mode', 'plain');
    expect(lacksOf(plain).has('encodingAesKey')).toBe(false);
    expect([...lacksOf(formOf('wecom', null))].sort()).toEqual([
      ...['corpId', 'encodingAesKey', 'name', 'openKfIds', 'secret', 'token'],
    ]);
  });

  it('needs no secret that is there, and sends those only that were written', () => {
    const form = set(formOf('wechat', account('wechat', WECHAT)), 'mode', 'plain');
    expect([...lacksOf(form)]).toEqual([]);
    const typed = { ...form, secrets: { ...form.secrets, token: ' new ' } };
    expect(secretsOf(typed)).toEqual({ token: 'new' });
  });

  it('points at the field that does not fit', () => {
    const form = formOf('wecom', account('wecom', WECOM));
    expect([...lacksOf(set(form, 'pollSeconds', 'often'))]).toContain('pollSeconds');
    expect([...lacksOf(set(form, 'message.sends', '-1'))]).toContain('message.sends');
    expect([...lacksOf(set(form, 'openKfIds', 'a b'))]).toContain('openKfIds');
    const half = set(formOf('wechat', account('wechat', WECHAT)), 'template.field', '');
    expect([...lacksOf(half)]).toContain('template.field');
  });

  it('leaves a template out when nothing of it is written', () => {
    const form = formOf('wechat', account('wechat', WECHAT));
    const without = set(set(form, 'template.id', ''), 'template.field', '');
    expect(settingsOf(without)).not.toHaveProperty('template');
  });

  it('makes random texts of letters and digits, none of them likelier', () => {
    const bytes = (count: number) => Uint8Array.from({ length: count }, (_, i) => (i * 7 + 251) % 256);
    expect(randomText(43, bytes)).toMatch(/^[A-Za-z0-9]{43}$/);
    // 248 and more would make the first eight letters likelier.
    let calls = 0;
    const high = (count: number) => new Uint8Array(count).fill(calls++ === 0 ? 250 : 1);
    expect(randomText(4, high)).toBe('BBBB');
  });
});
