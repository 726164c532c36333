import { pickGroup, type RoutingFacts } from '../../../src/handoff/routing/pick-group';
import { groupOf, reachOf, routingOf } from '../../../src/handoff/routing/routing';
import { routingSchema } from '../../../src/handoff/routing/routing-schema';
import { shippedRouting } from '../../support/policies';

const plain: RoutingFacts = {
  reason: 'customer-asked',
  dialog: null,
  priority: 'normal',
  customerLevel: null,
  locale: 'zh',
  isCare: false,
};

describe('the skill group of a conversation', () => {
  it.each<[string, Partial<RoutingFacts>]>([
    ['general', {}],
    ['fault', { dialog: 'fault-report' }],
    ['installation', { dialog: 'broadband-install' }],
    ['complaint', { dialog: 'complaint' }],
    ['complaint', { reason: 'complaint-again' }],
    ['supervisors', { reason: 'complaint-to-supervisor', dialog: 'complaint' }],
    ['supervisors', { reason: 'complaint-not-accepted', dialog: 'verify-repair' }],
    ['supervisors', { reason: 'regulator-case' }],
    ['supervisors', { priority: 'danger', reason: 'danger-physical', isCare: true }],
    ['care', { isCare: true, dialog: 'fault-report' }],
  ])('is %s for %o, as shipped', (group, facts) => {
    expect(pickGroup(shippedRouting, { ...plain, ...facts })).toBe(group);
  });

  it('is that of the first rule all of whose conditions hold', () => {
    const name = { zh: '组', en: 'Group' };
    const ids = ['general', 'vip', 'english'];
    const routing = routingOf(
      routingSchema.parse({
        defaultGroup: 'general',
        groups: ids.map((id) => ({ id, name })),
        rules: [
          { to: 'vip', when: { customerLevels: ['vip'], languages: ['zh'], reasons: ['customer-*'] } },
          { to: 'english', when: { languages: ['en'] } },
        ],
      }),
      new Map(),
    );
    const pick = (facts: Partial<RoutingFacts>) => pickGroup(routing, { ...plain, ...facts });
    expect(pick({ customerLevel: 'vip' })).toBe('vip');
    expect(pick({ customerLevel: 'vip', locale: 'en' })).toBe('english');
    expect(pick({ customerLevel: 'vip', reason: 'sla:x' })).toBe('general');
  });

  it('reaches those it overflows to, each after its wait, and goes round no circle', () => {
    const reach = reachOf(shippedRouting, 'fault').map(({ group, afterMs }) => [group.id, afterMs]);
    expect(reach).toEqual([
      ['fault', 0],
      ['general', 20_000],
    ]);
    const name = { zh: '组', en: 'Group' };
    const circle = routingOf(
      routingSchema.parse({
        defaultGroup: 'a',
        groups: [
          { id: 'a', name, overflow: { to: 'b', afterSeconds: 1 } },
          { id: 'b', name, overflow: { to: 'a', afterSeconds: 2 } },
        ],
      }),
      new Map(),
    );
    expect(reachOf(circle, 'b').map(({ group, afterMs }) => [group.id, afterMs])).toEqual([
      ['b', 0],
      ['a', 2000],
    ]);
    expect(groupOf(circle, 'of-yesterday').id).toBe('a');
  });
});
