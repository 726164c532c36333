import type { Locale } from './activity';
import type { Cause, RevisitReason } from './field';

/** How causes and reasons of the field read, to technicians, agents and customers. */
type Words<K extends string> = Record<K, Record<Locale, string>>;

export const causeWords: Words<Cause> = {
  'drop-cable': { zh: '入户线', en: 'the cable into the house' },
  connector: { zh: '接头', en: 'a connector' },
  splitter: { zh: '分光器', en: 'the splitter' },
  'trunk-cable': { zh: '主干光缆', en: 'the trunk cable' },
  port: { zh: '局端端口', en: 'the port at the exchange' },
  ont: { zh: '光猫', en: 'the modem' },
  router: { zh: '路由器', en: 'the router' },
  'set-top-box': { zh: '机顶盒', en: 'the set-top box' },
  configuration: { zh: '数据配置', en: 'the configuration' },
  power: { zh: '供电', en: 'the power supply' },
  'customer-equipment': { zh: '客户自有设备', en: "the customer's own equipment" },
  'no-fault-found': { zh: '现场未见故障', en: 'no fault found' },
  installed: { zh: '装机完成', en: 'installed' },
};

export const revisitWords: Words<RevisitReason> = {
  parts: { zh: '缺备件', en: 'a part is missing' },
  'trunk-cable': { zh: '主干光缆要抢修', en: 'the trunk cable has to be repaired first' },
  daylight: { zh: '天黑不能登高', en: 'it is too dark to climb' },
  'no-access': { zh: '机房或楼道进不去', en: 'the equipment room was locked' },
  'two-people': { zh: '需要两个人', en: 'it takes two people' },
};
