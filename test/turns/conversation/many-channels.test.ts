import { carry, movingContent, PHONE, recordOf, startLinked } from '../../support/moving';

const DAY_MS = 24 * 3600_000;
const stepOf = (talk: ReturnType<typeof startLinked>): string => {
  const frame = talk.state.dialog?.frames.at(-1);
  return frame ? `${frame.dialog}/${frame.step}` : 'none';
};

/** A report on the web that waits for the time of the visit, and the same customer in the app. */
function begun() {
  const web = startLinked('web', 'web');
  web.write('坏了');
  web.learn(recordOf(), null);
  web.write('中山路18号');
  web.answer({ type: 'ok', value: { customer: null } });
  const app = startLinked('app', 'app');
  app.write('您好');
  return { web, app };
}

describe('a dialog that is open on another channel', () => {
  it('is offered with its name and channel, once', () => {
    const { web, app } = begun();
    expect(app.learn(recordOf(), web.unfinished())[0]).toContain('unfinished-elsewhere');
    expect(app.last?.replies[0]?.suggestedActions?.actions.map(({ title }) => title)).toEqual([
      '接着办',
      '先不办',
      '另办一件',
    ]);
    app.write('先不办');
    expect(app.learn(recordOf(), web.unfinished())).toEqual([]);
  });

  it('moves with its slots, and is closed where it was, which is said there', () => {
    const { web, app } = begun();
    app.learn(recordOf(), web.unfinished());
    app.write('接着办');
    expect(stepOf(app)).toBe('none');
    expect(carry(app, web)[0]).toContain('moved-away');
    expect(stepOf(web)).toBe('none');
    expect(web.state.session?.endedAt).not.toBeNull();
    const said = carry(web, app);
    expect(said[0]).toContain('back-to');
    expect(said[1]).toBe('v1 中山路18号 几点？');
    expect(stepOf(app)).toBe('report/when');
  });

  it('makes one order, in the conversation that it went to', () => {
    const { web, app } = begun();
    app.learn(recordOf(), web.unfinished());
    app.write('接着办');
    carry(app, web);
    carry(web, app);
    app.write('下午');
    expect(app.command('work-order.create')?.args).toMatchObject({ phone: PHONE });
    web.write('下午');
    expect(web.command('work-order.create')).toBeUndefined();
  });

  it('goes on with the content version that it was begun on', () => {
    const { web, app } = begun();
    app.learn(recordOf(), web.unfinished());
    const newer = startLinked('newer', 'app', {
      pickContent: (version) => movingContent(version ?? 'v2'),
    });
    newer.write('您好');
    newer.learn(recordOf(), web.unfinished());
    newer.write('接着办');
    carry(newer, web);
    expect(carry(web, newer)[1]).toMatch(/^v1 /);
    expect(newer.state.session?.contentVersion).toBe('v1');
    expect(newer.write('下午')).toEqual([]);
  });

  it('leaves secrets behind, and what was opened on top of it', () => {
    const { web, app } = begun();
    const state = web.state;
    Object.assign(state.dialog?.frames[0]?.slots ?? {}, { secret: 's1.sealed' });
    web.json = JSON.stringify(state);
    web.write('对了多少钱');
    expect(stepOf(web)).toBe('prices/which');
    app.learn(recordOf(), web.unfinished());
    app.write('接着办');
    carry(app, web);
    expect(JSON.stringify(web.command('dialog.bring'))).not.toContain('sealed');
    carry(web, app);
    expect(app.state.dialog?.frames.map(({ dialog }) => dialog)).toEqual(['report']);
  });

  it('waits where it is until an outcome that is awaited is there', () => {
    const web = startLinked('web', 'web');
    web.write('坏了');
    web.learn(recordOf());
    web.write('中山路18号');
    const app = startLinked('app', 'app');
    app.write('您好');
    app.learn(recordOf(), web.unfinished());
    app.write('接着办');
    carry(app, web);
    expect(web.command('dialog.bring')).toBeUndefined();
    expect(stepOf(web)).toBe('report/read');
    web.answer({ type: 'ok', value: { customer: null } });
    carry(web, app);
    expect(stepOf(app)).toBe('report/when');
  });

  it('is gone when it was finished meanwhile, which is said', () => {
    const { web, app } = begun();
    app.learn(recordOf(), web.unfinished());
    web.write('下午');
    app.write('接着办');
    carry(app, web);
    expect(web.command('dialog.bring')).toBeUndefined();
    const order = { number: 'F1', kind: 'fault', status: 'registered', promiseAt: null, summary: '断网' };
    web.answer({ type: 'ok', value: { order: { ...order, appointment: null, updatedAt: 1 } } });
    expect(carry(web, app)[0]).toContain('nothing-to-take');
    expect(stepOf(app)).toBe('none');
  });

  it('stays with the human who has it', () => {
    const { web, app } = begun();
    app.learn(recordOf(), web.unfinished());
    web.write('人工');
    web.agent('claim');
    app.write('接着办');
    carry(app, web);
    expect(carry(web, app)[0]).toContain('nothing-to-take');
    expect(stepOf(web)).toBe('report/when');
  });

  it('goes to one of two that want it', () => {
    const { web, app } = begun();
    const other = startLinked('other', 'wechat');
    other.write('您好');
    for (const talk of [app, other]) {
      talk.learn(recordOf(), web.unfinished());
      talk.write('接着办');
    }
    carry(app, web);
    carry(web, app);
    carry(other, web);
    carry(web, other);
    expect([stepOf(app), stepOf(other), stepOf(web)]).toEqual(['report/when', 'none', 'none']);
  });

  it('comes back when the conversation that wanted it has been unlinked meanwhile', () => {
    const { web, app } = begun();
    app.learn(recordOf(), web.unfinished());
    app.write('接着办');
    carry(app, web);
    app.learn(null);
    carry(web, app);
    expect(stepOf(app)).toBe('none');
    expect(JSON.stringify(app.state)).not.toContain('中山路18号');
    carry(app, web);
    expect(stepOf(web)).toBe('report/when');
  });

  it('waits until something else that was begun is over', () => {
    const { web, app } = begun();
    app.learn(recordOf(), web.unfinished());
    app.write('接着办');
    const taken = [...(app.last?.commands ?? [])];
    app.write('多少钱');
    expect(stepOf(app)).toBe('prices/which');
    app.last = Object.assign(app.last ?? {}, { commands: taken }) as typeof app.last;
    carry(app, web);
    carry(web, app);
    expect(stepOf(app)).toBe('prices/which');
    app.write('500M');
    expect(stepOf(app)).toBe('report/when');
  });

  it('takes the place of the same concern that was begun here anew', () => {
    const { web } = begun();
    const app = startLinked('app', 'app');
    app.write('坏了');
    expect(app.learn(recordOf(), web.unfinished())[0]).toContain('unfinished-elsewhere');
    app.write('好的');
    carry(app, web);
    carry(web, app);
    expect(app.state.dialog?.frames).toHaveLength(1);
    expect(stepOf(app)).toBe('report/when');
  });

  it('fails one turn and no more when it cannot be gone on with', () => {
    const { web, app } = begun();
    app.learn(recordOf(), web.unfinished());
    app.write('接着办');
    carry(app, web);
    const bring = web.command('dialog.bring');
    const broken = JSON.parse(JSON.stringify(bring?.args).replace('"step":"when"', '"step":"no-such-step"'));
    expect(() => app.event('session.bring', broken)).toThrow(/no step/);
    app.write('多少钱');
    const state = { ...app.state, elsewhere: { ...app.state.elsewhere, parked: broken.bundle } };
    app.json = JSON.stringify({ ...state, dialog: { ...state.dialog, frames: [] } });
    expect(() => app.write('您好')).toThrow(/no step/);
    expect(app.fail({ type: 'message', text: '您好', from: { id: 'u' } }).join()).toContain('failed');
    expect(app.state.elsewhere?.parked).toBeNull();
    expect(() => app.agent('claim')).not.toThrow();
    expect(() => app.agent('release', { resumeAt: null })).not.toThrow();
    expect(app.write('多少钱').join()).toContain('哪个套餐');
  });

  it('is offered only after another concern is over', () => {
    const { web } = begun();
    const app = startLinked('app', 'app');
    app.write('多少钱');
    expect(app.learn(recordOf(), web.unfinished())).toEqual([]);
    expect(app.write('500M').join()).toContain('unfinished-elsewhere');
  });

  it('gives way to danger, to the wish for a human and to another concern', () => {
    for (const [text, expected] of [
      ['触电', 'danger-physical'],
      ['多少钱', '哪个套餐'],
      ['人工', 'handing-over'],
    ] as const) {
      const { web, app } = begun();
      app.learn(recordOf(), web.unfinished());
      expect(app.write(text).join()).toContain(expected);
      expect(app.command('dialog.take')).toBeUndefined();
    }
  });

  it('is not offered because of a change that was made elsewhere', () => {
    const { web, app } = begun();
    expect(app.learn(recordOf(), web.unfinished(), 'know')).toEqual([]);
    app.write('您好');
    expect(app.state.elsewhere?.unfinished ?? null).toBeNull();
  });
});

describe('who the customer is', () => {
  const token = (phone: string) => ({ customer: { id: 'u', name: null, phone, accounts: [] } });

  it('is asked for when the app names a phone, once for each', () => {
    const app = startLinked('app', 'app');
    app.write('您好', token(PHONE));
    expect(app.command('customer.meet')).toBeDefined();
    app.write('您好', token(PHONE));
    expect(app.command('customer.meet')).toBeUndefined();
    app.write('您好', token('13900139000'));
    expect(app.command('customer.meet')).toBeDefined();
  });

  it('is read again as a session begins, and after a change elsewhere', () => {
    const web = startLinked('web', 'web');
    web.write('您好');
    web.learn(recordOf());
    web.now += 2 * DAY_MS;
    web.write('您好');
    expect(web.command('customer.read')).toBeDefined();
    web.event('customer.changed', {});
    expect(web.command('customer.read')).toBeDefined();
  });

  it('is no longer proven by a phone 90 days after the code, and stays linked', () => {
    const web = startLinked('web', 'web');
    web.write('您好');
    web.learn(recordOf({ phoneProvedAt: web.now }));
    expect(web.state.customer?.phone).toBe(PHONE);
    web.now += 90 * DAY_MS;
    web.write('您好');
    expect(web.state.customer).toMatchObject({ phone: null, record: { id: 'r1' } });
    web.write('坏了');
    web.write('那里');
    expect(web.last?.commands[0]?.asker).toMatchObject({ phone: null });
  });

  it('includes the open orders of the other channels', () => {
    const web = startLinked('web', 'web');
    web.write('您好');
    const order = {
      number: 'F1',
      kind: 'fault' as const,
      status: 'registered',
      promiseAt: null,
      summary: '',
    };
    web.learn(recordOf({ orders: [order] }));
    expect(web.state.customer?.record?.orders).toEqual([order]);
    expect(web.state.orders).toEqual([]);
  });

  it('keeps apart a phone of somebody who is helped, until the session is over', () => {
    const web = startLinked('web', 'web');
    web.write('您好');
    web.learn(recordOf({ phoneProvedAt: web.now }));
    const verified = { isVerified: true, triesLeft: 4, phone: '13900139000' };
    const outcome = { type: 'ok', value: verified };
    web.event('call.result', { frameId: 'f', callId: 'c', operation: 'otp.verify', outcome });
    expect(web.state.customer).toMatchObject({ phone: PHONE, helpedPhone: '13900139000' });
    web.now += 2 * DAY_MS;
    web.write('您好');
    expect(web.state.customer).toMatchObject({ phone: PHONE, helpedPhone: null });
  });

  it('ends with the link: nothing of the account stays, and the open dialog begins anew with what was said', () => {
    const web = startLinked('web', 'web');
    web.write('坏了');
    web.learn(recordOf({ phoneProvedAt: web.now }));
    web.write('建设路9号');
    const account = {
      name: '王芳',
      phone: PHONE,
      account: 'kd-1',
      address: '人民路66号7栋',
      plan: 'p',
      status: 'normal',
      arrearsYuan: 0,
    };
    web.answer({ type: 'ok', value: { customer: account } });
    expect(stepOf(web)).toBe('report/when');
    web.learn(null);
    expect(web.state.customer).toBeNull();
    const text = JSON.stringify(web.state);
    for (const secret of ['王芳', PHONE, 'kd-1', '人民路', '中山路']) expect(text).not.toContain(secret);
    expect(web.state.dialog?.frames[0]?.slots).toMatchObject({ place: '建设路9号' });
    web.write('您好');
    expect(stepOf(web)).toBe('report/read');
  });

  it('is still vouched for by the app after the link has ended', () => {
    const app = startLinked('app', 'app');
    app.write('您好', token(PHONE));
    app.learn(recordOf());
    app.learn(null);
    expect(app.state.customer).toMatchObject({ phone: PHONE, proof: 'app-token', record: null });
  });

  it('stays one person when two customers were merged', () => {
    const web = startLinked('web', 'web');
    web.write('坏了');
    web.learn(recordOf({ phoneProvedAt: web.now }));
    web.write('中山路18号3栋2单元501');
    web.answer({ type: 'ok', value: { customer: null } });
    web.learn(recordOf({ id: 'r2', formerIds: ['r1'], phone: '13900139000', phoneProvedAt: web.now }));
    expect(stepOf(web)).toBe('report/when');
    expect(web.state.customer?.record?.id).toBe('r2');
  });
});
