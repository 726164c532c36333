import type { Logger } from 'pino';
import { type Vendor, vendorSchema } from '../../contract/channel-accounts';
import {
  type ChannelAccountRow,
  readAccountsStamp,
  readChannelAccounts,
} from '../../records/channel-accounts';
import type { Database } from '../../records/database';
import { startLoop } from '../../turns/shard-duty';
import type { WechatAccount } from '../wechat/account';
import type { WecomAccount } from '../wecom/account';
import { openRow } from './account-parts';

/** Every node looks so often: what is set up on one serves on all within a second. */
const EVERY_MS = 1000;

/** The accounts that the channels use, by vendor and name. */
export interface AccountMaps {
  wechat: Map<string, WechatAccount>;
  wecom: Map<string, WecomAccount>;
}

/** A row that serves nobody although it is on. */
export type RowFault = 'sealed' | 'unfit' | 'hidden';

export interface AccountBook {
  maps: AccountMaps;
  rows(): readonly ChannelAccountRow[];
  faultOf(row: ChannelAccountRow): RowFault | null;
  /** Whether the environment, or a simulator, has an account of this name. */
  isFixed(vendor: Vendor, name: string): boolean;
  /** Looks at once; throws when the database is away. */
  refresh(): Promise<void>;
  stop(): Promise<void>;
}

interface BookDependencies {
  db: Database;
  dataKey: string;
  /** With those of the environment; what admins set up is put in and taken out. */
  maps: AccountMaps;
  log: Logger;
}

const keyOf = ({ vendor, name }: { vendor: string; name: string }): string => `${vendor}/${name}`;

/**
 * Keeps the channels' accounts as admins have set them up, beside those of the environment, which go first. While the
 * database is away what was known goes on.
 */
export async function openAccountBook({ db, dataKey, maps, log }: BookDependencies): Promise<AccountBook> {
  /** Those in the maps that come of rows. */
  const own = new Set<string>();
  const faults = new Map<string, RowFault>();
  let stamp = '';
  let rows: readonly ChannelAccountRow[] = [];
  let looking: Promise<void> | null = null;
  let again: Promise<void> | null = null;

  const isFixed = (vendor: Vendor, name: string) =>
    maps[vendor].has(name) && !own.has(keyOf({ vendor, name }));

  function take(row: ChannelAccountRow): void {
    const vendor = vendorSchema.safeParse(row.vendor).data;
    if (!vendor || !row.isOn) return;
    const key = keyOf(row);
    const fault = (why: RowFault) => {
      if (own.has(key)) drop(key);
      faults.set(key, why);
      log.error({ account: key, why }, 'an account of a channel cannot be served');
    };
    if (isFixed(vendor, row.name)) return fault('hidden');
    const opened = openRow(vendor, row, dataKey);
    if (opened.type === 'fault') return fault(opened.fault);
    // The schema of the vendor made it.
    (maps[vendor] as Map<string, unknown>).set(row.name, opened.account);
    own.add(key);
  }

  function drop(key: string): void {
    const [vendor, name = ''] = key.split('/');
    maps[vendorSchema.parse(vendor)].delete(name);
    own.delete(key);
  }

  async function look(): Promise<void> {
    const now = await readAccountsStamp(db);
    if (now === stamp) return;
    rows = await readChannelAccounts(db);
    faults.clear();
    const served = new Set(rows.filter(({ isOn }) => isOn).map(keyOf));
    for (const key of own) if (!served.has(key)) drop(key);
    for (const row of rows) take(row);
    stamp = now;
  }

  function begin(): Promise<void> {
    looking = look().finally(() => {
      looking = null;
    });
    return looking;
  }

  /** What began before may have read before what the caller knows of: another look comes after it, one for all. */
  function refresh(): Promise<void> {
    if (looking === null) return begin();
    again ??= looking
      .catch(() => undefined)
      .then(() => {
        again = null;
        return begin();
      });
    return again;
  }

  await refresh();
  const loop = startLoop({
    name: 'accounts of channels',
    everyMs: EVERY_MS,
    log,
    round: async () => {
      await refresh();
      return false;
    },
  });
  return {
    maps,
    rows: () => rows,
    faultOf: (row) => faults.get(keyOf(row)) ?? null,
    isFixed,
    refresh,
    stop: loop.stop,
  };
}
