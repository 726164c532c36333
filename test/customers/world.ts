import type { Command, ConversationState } from '../../src/contract/conversation';
import { customerReadSchema } from '../../src/contract/customers';
import type { CallOutcome, CustomerRecord } from '../../src/contract/dialog';
import { operations } from '../../src/contract/operations';
import { createCustomerHandlers } from '../../src/customers/handlers';
import { createLinkHandlers } from '../../src/customers/link-handlers';
import { createOneTimeCodes } from '../../src/customers/one-time-codes';
import { seal } from '../../src/customers/seal';
import type { Customer } from '../../src/operator/operator';
import type { Database } from '../../src/records/database';
import { readCustomerOrders } from '../../src/work-orders/read-orders';
import { commandOf, createTestOrders } from '../support/orders';
import { silent } from '../support/turns';

const KEY = 'data-key-of-tests-000000';
type Who = Pick<Command, 'conversationId' | 'channel' | 'asker'>;

/** Customers on a real database, with the operator, the clock and what was said to conversations in the test's hands. */
export function createWorld(db: Database) {
  const orders = createTestOrders(db);
  const { time } = orders;
  let sent = '';
  let serial = 0;
  const self = {
    time,
    orders,
    /** Who holds a phone at the operator; nobody by default. */
    holders: new Map<string, Pick<Customer, 'name' | 'account'>>(),
    states: new Map<string, ConversationState>(),
    events: [] as { conversationId: string; key: string; name: string; value: unknown }[],
    isOperatorAway: false,
    /** Which person of WeChat a user is; WeChat does not say by default. */
    unions: new Map<string, string>(),
    unionsAsked: [] as string[],
  };
  const codes = createOneTimeCodes({
    db,
    dataKey: KEY,
    clock: time.clock,
    operator: {
      sendCode: async ({ code }) => {
        sent = code;
      },
    },
  });
  const handlers = {
    ...createCustomerHandlers(codes, KEY),
    ...createLinkHandlers({
      db,
      dataKey: KEY,
      clock: time.clock,
      log: silent,
      operator: {
        findCustomer: async (phone) => {
          if (self.isOperatorAway) throw new Error('the operator is away');
          const found = self.holders.get(phone);
          const rest = { phone, address: 'a', plan: 'p', status: 'normal' as const, arrearsYuan: 0 };
          return found ? { ...found, ...rest } : null;
        },
      },
      findUnion: async (userId) => {
        self.unionsAsked.push(userId);
        return self.unions.get(userId) ?? null;
      },
      readOrders: (conversationIds, exceptOf) => readCustomerOrders(db, conversationIds, exceptOf),
      readState: async (id) => self.states.get(id) ?? null,
      isMovable: (_version, dialog) => dialog !== 'link-phone',
      send: async (event) => void self.events.push(event),
      onEvent: () => undefined,
    }),
  };
  const run = async (operation: string, who: Who, command: Partial<Command> = {}): Promise<CallOutcome> => {
    const handler = handlers[operation];
    if (!handler) throw new Error(`no handler for ${operation}`);
    return handler.run(commandOf(operation, { at: time.now, ...who, ...command }));
  };
  /** Somebody on a channel, who has proven nothing. */
  const visitor = (channel: Command['channel'] = 'web'): Who => {
    serial += 1;
    const asker = { userId: `user-${serial}`, phone: null, accounts: [] };
    return { conversationId: `conversation-${serial}-${Math.random()}`, channel, asker };
  };
  /** A conversation of a user of the app, whose token says which phone is theirs. */
  const appUser = (userId: string, phone: string, accounts: string[] = []): Who => ({
    ...visitor('app'),
    asker: { userId, phone, accounts, proof: 'app-token' },
  });
  /** Sends a code to the phone and types it in. */
  async function prove(who: Who, phone: string): Promise<void> {
    await db.deleteFrom('one_time_code_sends').execute();
    await run('otp.send', who, { args: { phone } });
    const outcome = await run('otp.verify', who, { args: { phone, code: seal(KEY, sent) } });
    if (outcome.type !== 'ok') throw new Error('not proven');
  }
  const link = (who: Who, choice: 'merge' | 'switch' | null = null, command: Partial<Command> = {}) =>
    run('customer.link', who, { args: { choice }, ...command });
  const readStatus = (outcome: CallOutcome): string =>
    outcome.type === 'ok'
      ? operations['customer.link'].value.parse(outcome.value).status
      : JSON.stringify(outcome);
  return Object.assign(self, {
    run,
    visitor,
    appUser,
    prove,
    /** Links after a code; answers the status. */
    async linkByCode(who: Who, phone: string, choice: 'merge' | 'switch' | null = null): Promise<string> {
      await prove(who, phone);
      return readStatus(await link(who, choice));
    },
    link: async (who: Who, choice: 'merge' | 'switch' | null = null, command: Partial<Command> = {}) =>
      readStatus(await link(who, choice, command)),
    unlink: (who: Who, scope: 'here' | 'all' = 'here') => run('customer.unlink', who, { args: { scope } }),
    /** What the app's token brings about by itself. */
    meet: (who: Who) => run('customer.meet', who),
    /** WeChat is asked who somebody is, as when a session begins. */
    identify: (who: Who, union: string) => {
      self.unions.set(who.asker.userId, union);
      return run('customer.same-user', who);
    },
    async read(who: Who) {
      const outcome = await run('customer.read', who);
      if (outcome.type !== 'ok') throw new Error('not read');
      return customerReadSchema.parse(outcome.value);
    },
    async record(who: Who): Promise<CustomerRecord | null> {
      return (await this.read(who)).record;
    },
    /** True when both conversations are linked to one customer. */
    async areOne(a: Who, b: Who): Promise<boolean> {
      const [one, other] = [await this.record(a), await this.record(b)];
      return one !== null && one.id === other?.id;
    },
    async listOf(who: Who): Promise<string[]> {
      const outcome = await orders.run('work-order.list', who);
      if (outcome.type !== 'ok') throw new Error('no list');
      return operations['work-order.list'].value.parse(outcome.value).orders.map(({ number }) => number);
    },
    async isShown(who: Who, number: string): Promise<boolean> {
      const outcome = await orders.run('work-order.find', { ...who, args: { number } });
      if (outcome.type !== 'ok') throw new Error('not looked for');
      return operations['work-order.find'].value.parse(outcome.value).order !== null;
    },
  });
}
