import type { DialogState } from '../../src/contract/dialog';
import { newDialogState } from '../../src/dialogs/advance';
import { forgetAccount } from '../../src/dialogs/forget-account';
import { dialogSet } from '../support/dialogs';

const REPORT = `
id: report
name: { zh: 报修, en: report }
slots:
  place: { name: { zh: 地点, en: place }, entity: text, isShared: true }
  account: { name: { zh: 账户, en: account } }
  phone: { name: { zh: 电话, en: phone }, entity: phone }
  order: { name: { zh: 单, en: order } }
steps:
  - { id: where, type: ask, slot: place, prompt: { zh: "在哪里？", en: Where? }, next: read }
  - id: read
    type: call
    operation: operator.customer
    timeoutMs: 5000
    saveAs: account
    next: which
    onTimeout: which
    onError: which
  - { id: which, type: ask, slot: phone, prompt: { zh: "电话？", en: Phone? }, next: create }
  - id: create
    type: work-order
    kind: fault
    summary: { zh: 断网, en: No internet }
    timeoutMs: 30000
    saveAs: order
    next: over
    onTimeout: over
    onError: over
  - { id: over, type: end }
`;
const set = dialogSet({ 'report.yaml': REPORT }, []);
const facts = { phone: '13800138000', address: '中山路18号', orderNumbers: ['F1234567'] };

const stateOf = (frame: Partial<DialogState['frames'][number]>, shared = {}): DialogState => ({
  ...newDialogState('zh'),
  frames: [{ id: 'f1', dialog: 'report', step: 'which', slots: {}, attempts: {}, waiting: null, ...frame }],
  shared,
  lastReplies: [{ text: '138****8000', quickReplies: [] }],
});
const waiting = (operation: string) => ({ callId: 'c1', operation, timerId: 't1', since: 1 });

describe('forgetting what an account has told', () => {
  it('takes out what the operator said and everything that repeats it, and begins the dialog anew', () => {
    const account = { customer: { name: '王芳', address: '人民路66号7栋', phone: '13800138000' } };
    const slots = { account, place: '人民路66号7栋', phone: '13800138000' };
    const { state } = forgetAccount(set, stateOf({ slots }, { place: '在人民路66号7栋' }), facts);
    expect(state.frames).toMatchObject([{ step: 'where', slots: {} }]);
    expect(state.frames[0]?.slots).toEqual({});
    expect([state.shared, state.lastReplies]).toEqual([{}, []]);
  });

  it('takes out the phone, the address and the orders of the record, however deep', () => {
    const slots = {
      place: { full: '中山路18号3栋' },
      order: { numbers: ['F1234567'] },
      phone: '13900139000',
    };
    const { state } = forgetAccount(set, stateOf({ slots }), facts);
    expect(state.frames[0]?.slots).toEqual({ phone: '13900139000' });
  });

  it('leaves what the customer has said themselves, and the place where the dialog stands', () => {
    const before = stateOf({ slots: { place: '建设路9号' } }, { place: '建设路9号' });
    const { state, cancelTimers } = forgetAccount(set, before, facts);
    expect(state.frames).toEqual(before.frames);
    expect([state.shared, cancelTimers]).toEqual([before.shared, []]);
  });

  it('waits for no outcome that was asked for with what is forgotten', () => {
    const before = stateOf({ slots: { phone: '13800138000' }, waiting: waiting('operator.line-test') });
    const { state, cancelTimers } = forgetAccount(set, before, facts);
    expect(state.frames[0]?.waiting).toBeNull();
    expect(cancelTimers).toEqual(['t1']);
  });

  it('lets an order alone that is being registered', () => {
    const before = stateOf({
      step: 'create',
      slots: { phone: '13800138000' },
      waiting: waiting('work-order.create'),
    });
    expect(forgetAccount(set, before, facts).state.frames).toEqual(before.frames);
  });

  it('forgets the level of the customer, and asks anew what was asked of the account', () => {
    const waiting = { callId: 'c1', operation: 'operator.bill', timerId: 't1', since: 0, lateUntilAt: 9 };
    const { state, cancelTimers } = forgetAccount(
      set,
      stateOf({ step: 'read', waiting }, { customerLevel: 'gold' }),
      facts,
    );
    expect(state.shared).toEqual({});
    expect(state.frames[0]).toMatchObject({ step: 'where', waiting: null });
    expect(cancelTimers).toEqual(['t1']);
  });
});
