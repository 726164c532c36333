import type { RequirePermission } from '../accounts/guard';
import type { AccountBook } from '../channels/accounts/account-book';
import { registerChannelAccounts } from '../channels/accounts/routes';
import type { TokenOutcome } from '../channels/wechat/access-token';
import type { AccountTrial, ChannelAccounts, Vendor } from '../contract/channel-accounts';
import type { Edge } from './channels';
import type { Engine } from './engine';

/** The page and routes by which admins set up accounts of channels. */
export function registerChannelAccountRoutes(
  engine: Engine,
  { server }: Edge,
  requirePermission: RequirePermission,
): void {
  const { config, db, keys, channelAccounts: book, wechatSender, wecom, baseUrl, clock, log } = engine;
  registerChannelAccounts(server, {
    db,
    book,
    dataKey: keys.dataKey,
    tryAccount: (vendor, name) => tryAccount({ book, wechatSender, wecom }, vendor, name),
    others: () => othersOf(engine),
    baseUrl,
    onlyVendors: config.NODE_ENV === 'production',
    requirePermission,
    clock,
    log,
  });
}

async function tryAccount(
  { book, wechatSender, wecom }: { book: AccountBook } & Pick<Engine, 'wechatSender' | 'wecom'>,
  vendor: Vendor,
  name: string,
): Promise<AccountTrial | null> {
  const wechatAccount = vendor === 'wechat' ? book.maps.wechat.get(name) : undefined;
  if (wechatAccount) return trialOf(await wechatSender.tokens.get(wechatAccount));
  const wecomAccount = vendor === 'wecom' ? book.maps.wecom.get(name) : undefined;
  return wecomAccount ? trialOf(await wecom.sender.tokens.get(wecomAccount)) : null;
}

function trialOf(outcome: TokenOutcome): AccountTrial {
  if (outcome.type === 'ok') return { type: 'ok' };
  return outcome.type === 'refused'
    ? { type: 'refused', code: outcome.code }
    : { type: 'unreachable', reason: outcome.reason };
}

function othersOf({ botSender, appPush, baseUrl }: Engine): ChannelAccounts['others'] {
  const bot = botSender.settings !== null;
  return [
    { channel: 'web', isOn: true, address: `${baseUrl()}/widget.js` },
    { channel: 'app', isOn: true, address: `${baseUrl()}/v3/directline` },
    { channel: 'bot-framework', isOn: bot, address: bot ? `${baseUrl()}/api/messages` : null },
    { channel: 'app-push', isOn: appPush.settings !== null, address: null },
  ];
}
