import fc from 'fast-check';
import { loadOwnPages, parseOwnPages } from '../../../src/content/load-own-pages';
import { createReadFor } from '../../../src/handoff/may-read';
import { addressOf, mayOpen } from '../../../src/handoff/own-pages/own-pages';
import { registerOwnPages } from '../../../src/handoff/own-pages/routes';
import { type AccountsHost, startAccountsHost } from '../../accounts/host';
import { silent } from '../../support/turns';

const HOSTS = 'hosts: [crm.operator.example]\n';
const page = (url: string) =>
  `${HOSTS}pages:\n  - { id: crm, name: { zh: 档案, en: File }, url: "${url}" }\n`;
const URL_OF = 'https://crm.operator.example/c/{{customerId}}?o={{ order }}';
/** Of a conversation only what pages need. */
const stateOf = (id: string | null, order: string | null = 'F1') =>
  ({
    conversationId: 'c1',
    customer: id === null ? null : { phone: '13800138000', accounts: [], record: { id } },
    orders: order === null ? [] : [{ number: order }],
    ownership: { owner: 'queued', agentId: null },
  }) as never;

describe('pages of own systems', () => {
  it.each([
    ['http://crm.operator.example/{{customerId}}', /begins with https/],
    ['https://evil.example/{{customerId}}', /not among the hosts/],
    ['https://crm.operator.example.evil.example/', /not among the hosts/],
    ['https://{{customerId}}/x', /not among the hosts/],
    ['https://crm.operator.example@evil.example/', /not among the hosts/],
    ['https://crm.operator.example/{{password}}', /there is no "password"/],
  ])('are refused at start: %s', (url, fault) => {
    expect(() => parseOwnPages(page(url))).toThrow(fault);
  });

  it('are none as it ships', () => {
    expect(loadOwnPages('.', '.')).toEqual({ hosts: [], pages: [] });
  });

  it('stay on their host and path, whatever is filled in', () => {
    expect(addressOf({ url: URL_OF }, stateOf(null))).toBeNull();
    expect(addressOf({ url: URL_OF }, stateOf('1', null))).toBeNull();
    expect(addressOf({ url: URL_OF }, stateOf('\ud800'))).toBeNull();
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom('..', '../x', '?a#b', '//evil')),
        (id) => {
          const address = addressOf({ url: URL_OF }, stateOf(id));
          if (/^\.+$/.test(id)) return expect(address).toBeNull();
          const url = new URL(address ?? '');
          expect(url.host).toBe('crm.operator.example');
          expect(url.pathname.split('/')).toHaveLength(3);
          expect(url.search).toBe('?o=F1');
        },
      ),
    );
  });

  it('with a number are for whom may see it whole', () => {
    const works = { permissions: ['conversations.work'] as const };
    const sees = { permissions: ['conversations.work', 'personal-data.read'] as const };
    const withPhone = { url: 'https://crm.operator.example/c?p={{ phone }}' };
    expect([mayOpen(works, { url: URL_OF }), mayOpen(works, withPhone)]).toEqual([true, false]);
    expect(mayOpen(sees, withPhone)).toBe(true);
    expect(mayOpen({ permissions: ['personal-data.read'] }, { url: URL_OF })).toBe(false);
  });

  describe('over HTTP', () => {
    let host: AccountsHost;
    let agent: Awaited<ReturnType<AccountsHost['enter']>>;
    let auditor: typeof agent;
    const told: unknown[] = [];
    beforeAll(async () => {
      host = await startAccountsHost();
      registerOwnPages(host.server, {
        ownPages: parseOwnPages(page(URL_OF)),
        desk: {
          readFor: createReadFor(
            async (id) => stateOf(id === 'known' ? 'k 1' : null),
            async () => false,
          ),
        },
        audit: async (entry) => void told.push(entry),
        requirePermission: host.requirePermission,
        log: silent,
      });
      const admin = (await host.makeAdmin()).cookie;
      agent = await host.enter(admin, '0421', 'agent');
      auditor = await host.enter(admin, '0422', 'auditor');
    });
    afterAll(() => host.stop());

    const open = (id: string, headers: Record<string, string> = {}) =>
      fetch(`${host.url()}/agent/conversations/${id}/own-pages/crm`, {
        redirect: 'manual',
        headers: { ...agent.cookie, ...headers },
      });

    it('open in a new place, written down without personal data', async () => {
      const opened = await open('known');
      expect([opened.status, opened.headers.get('location'), opened.headers.get('referrer-policy')]).toEqual([
        302,
        'https://crm.operator.example/c/k%201?o=F1',
        'no-referrer',
      ]);
      expect(told).toEqual([
        { accountId: agent.id, action: 'customer.page', subject: 'conversation:known', note: 'crm' },
      ]);
      expect((await open('known', { 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403);
      expect((await open('unknown')).status).toBe(404);
      expect(told).toHaveLength(1);
    });

    it('are listed where every value is known', async () => {
      const list = async (id: string) =>
        (await host.call('GET', `/agent/conversations/${id}/own-pages`, undefined, agent.cookie)).body.pages;
      expect(await list('known')).toEqual([{ id: 'crm', name: { zh: '档案', en: 'File' } }]);
      expect(await list('unknown')).toEqual([]);
    });

    it('are not shown to who only reads, without an error on each conversation', async () => {
      const path = '/agent/conversations/known/own-pages';
      const seen = await host.call('GET', path, undefined, auditor.cookie);
      expect([seen.status, seen.body.pages]).toEqual([200, []]);
      expect((await host.call('GET', `${path}/crm`, undefined, auditor.cookie)).status).toBe(404);
    });
  });
});
