import { createHmac } from 'node:crypto';
import type { Logger } from 'pino';
import type { Command } from '../contract/conversation';
import { type CustomerRead, customerCommands } from '../contract/customers';
import type { Operator } from '../operator/operator';
import type { Database } from '../records/database';
import type { CommandHandlers } from '../turns/commands';
import { operationHandler } from '../turns/operation-handler';
import { customerOf, lastAppLink } from './customer-rows';
import { findUnfinished, type UnfinishedDependencies } from './find-unfinished';
import { type Holder, type LinkRequest, linkCustomer } from './link-customer';
import { isMobile, readPhone } from './phone';
import { type ReadCustomerOrders, readRecord } from './read-record';
import { deriveKey } from './seal';
import { unlinkCustomer } from './unlink-customer';
import { linkWechatUser, unionOf } from './wechat-user';

export interface LinkHandlerDependencies extends UnfinishedDependencies {
  db: Database;
  operator: Pick<Operator, 'findCustomer'>;
  readOrders: ReadCustomerOrders;
  /**
   * Which person of WeChat a user id is, `<open platform>/<unionid>`; null when WeChat does not say. Throws never: who
   * cannot be asked now is asked as the next session begins.
   */
  findUnion: (userId: string) => Promise<string | null>;
  /** Brings an event into a conversation, durably; the same key again changes nothing. */
  send: (event: { conversationId: string; key: string; name: string; value: unknown }) => Promise<unknown>;
  dataKey: string;
  clock: () => number;
  log: Logger;
  /** Told when an event was written, to wake the events relay. */
  onEvent: () => void;
}

/** The `customer.…` and `dialog.…` operations: who is who, and a dialog that moves between a customer's conversations. */
export function createLinkHandlers(deps: LinkHandlerDependencies): CommandHandlers {
  const { db, clock } = deps;
  const findHolder = createFindHolder(deps);
  const link = async (command: Command, choice: LinkRequest['choice']) => {
    const outcome = await linkCustomer(db, requestOf(command, choice), findHolder);
    deps.onEvent();
    return outcome;
  };
  const read = async ({ conversationId }: Command): Promise<CustomerRead> => ({
    record: await readRecord(deps, conversationId, clock()),
    unfinished: await findUnfinished(deps, conversationId, clock()),
  });
  return {
    // Who was told that it did not work is not linked afterwards.
    'customer.link': operationHandler(
      'customer.link',
      { mustComplete: false },
      async ({ choice }, command) => {
        const { status } = await link(command, choice ?? null);
        if (status === 'no-proof') return { type: 'error', code: 'no-proof' };
        return { type: 'ok', value: { status, ...(await read(command)) } };
      },
    ),
    'customer.unlink': operationHandler(
      'customer.unlink',
      { mustComplete: true },
      async ({ scope }, command) => {
        const { conversationId } = command;
        const isUnlinked = await unlinkCustomer(db, { conversationId, scope, at: clock() });
        deps.onEvent();
        return { type: 'ok', value: { isUnlinked } };
      },
    ),
    // The app vouches for its user: no question is put, unless the customer has ended the link of the app before.
    'customer.meet': {
      mustComplete: true,
      run: async (command) => {
        const last = await lastAppLink(db, command.asker.userId);
        if (last?.revokedBecause !== 'customer') await link(command, null);
        return { type: 'ok', value: await read(command) };
      },
    },
    'customer.read': {
      mustComplete: true,
      run: async (command) => ({ type: 'ok', value: await read(command) }),
    },
    'customer.same-user': {
      mustComplete: true,
      // WeChat's servers may take their time, and the replies of the conversation do not wait for that.
      lane: 'wechat-user',
      run: async (command) => {
        await joinSameUser(deps, command);
        return { type: 'ok', value: await read(command) };
      },
    },
    ...createMoveHandlers(deps),
  };
}

async function joinSameUser(
  { db, findUnion, onEvent }: LinkHandlerDependencies,
  { id, conversationId, asker, at }: Command,
): Promise<void> {
  const union = (await unionOf(db, conversationId)) ?? (await findUnion(asker.userId));
  if (union === null) return;
  await linkWechatUser(db, { conversationId, userId: asker.userId, union, at }, id);
  onEvent();
}

const requestOf = ({ id, conversationId, channel, asker, at }: Command, choice: LinkRequest['choice']) => {
  const phone = asker.proof === 'app-token' && asker.phone !== null ? readPhone(asker.phone) : null;
  const token = phone === null ? null : { phone, accounts: asker.accounts };
  return { commandId: id, conversationId, channel, userId: asker.userId, at, token, choice };
};

/** Whom the operator has as the holder; when it cannot be reached nothing is known, which is the careful answer. */
function createFindHolder({ operator, dataKey, log }: LinkHandlerDependencies) {
  const key = deriveKey(dataKey, 'phone-holder');
  return async (phone: string): Promise<Holder | null> => {
    if (!isMobile(phone)) return null;
    try {
      const found = await operator.findCustomer(phone);
      if (!found) return null;
      const hash = createHmac('sha256', key)
        .update(JSON.stringify([found.account, found.name]))
        .digest('hex');
      return { name: found.name, hash };
    } catch (error) {
      log.warn({ err: error }, 'the operator does not say who holds a phone');
      return null;
    }
  };
}

/** Asks one conversation for its open dialog, and brings it to the other; each step is made again until it is done. */
function createMoveHandlers({ db, send }: LinkHandlerDependencies): CommandHandlers {
  return {
    'dialog.take': {
      mustComplete: true,
      run: async ({ args, conversationId, channel }) => {
        const { moveId, from } = customerCommands['dialog.take'].parse(args);
        const [here, there] = await Promise.all([customerOf(db, conversationId), customerOf(db, from)]);
        if (here === null || here !== there) return { type: 'error', code: 'not-linked' };
        const value = { moveId, to: conversationId, toChannel: channel };
        await send({ conversationId: from, key: `give:${moveId}`, name: 'session.give', value });
        return { type: 'ok', value: null };
      },
    },
    'dialog.bring': {
      mustComplete: true,
      run: async ({ args }) => {
        const { to, ...value } = customerCommands['dialog.bring'].parse(args);
        const key = `${value.isReturn ? 'return' : 'bring'}:${value.moveId}`;
        await send({ conversationId: to, key, name: 'session.bring', value });
        return { type: 'ok', value: null };
      },
    },
  };
}
