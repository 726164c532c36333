import type { Locale } from '../../../contract/activity';

/** Why a human was asked for, as agents read it; what no word is known for stands as it was recorded. */
const words: Record<string, { zh: string; en: string }> = {
  'customer-asked': { zh: '客户要人工', en: 'the customer asked' },
  'handoff-declined': { zh: '对方坐席无人', en: 'nobody outside was free' },
  'agent-lost': { zh: '客服断线', en: 'the agent was lost' },
  'shift-over': { zh: '上一位下班了', en: 'the last agent went off duty' },
  'turn-failed': { zh: '机器人出错', en: 'the bot failed' },
  voice: { zh: '语音没听清', en: 'a voice message was not understood' },
  'repair-not-confirmed': { zh: '客户说没修好', en: 'the repair did not hold' },
  'identity-not-verified': { zh: '证件没核对上', en: 'the document did not match' },
  'complaint-not-accepted': { zh: '对答复不满意', en: 'the answer was not accepted' },
  'complaint-to-supervisor': { zh: '投诉升级', en: 'the complaint went up' },
  'complaint-again': { zh: '重复投诉', en: 'the complaint came again' },
  'regulator-case': { zh: '申诉案件', en: 'a case of the regulator' },
  'appeal-threatened': { zh: '客户要申诉', en: 'an appeal is threatened' },
  'low-rating': { zh: '评价低', en: 'a low rating' },
  scam: { zh: '疑似诈骗', en: 'a suspected scam' },
  'scam-loss': { zh: '诈骗受损', en: 'a loss by a scam' },
  'answer-late': { zh: '查询一直没有结果', en: 'a question was not answered' },
  'change-stopped': { zh: '客户停下了变更，要核对', en: 'a change was stopped; check it' },
  'plan-change-unsure': { zh: '换套餐没有结果，要核对', en: 'a plan change was not answered; check it' },
  'service-not-ended': { zh: '取消业务没有结果，要核对', en: 'a cancellation was not done; check it' },
  'coverage-unknown': { zh: '没查到能不能装', en: 'coverage is not known' },
  'promise-lapsed': { zh: '超过答应的时间', en: 'a promise lapsed' },
};

export function reasonWords(reason: string, locale: Locale): string {
  // The order that a lapse is about stands behind a colon.
  const [name = '', number = ''] = reason.split(':');
  const known =
    words[name]?.[locale] ?? (name.startsWith('danger-') ? { zh: '危险', en: 'danger' }[locale] : null);
  return known ? `${known}${number ? ` ${number}` : ''}` : reason;
}
