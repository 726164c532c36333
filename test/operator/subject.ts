import { createSimulatedOperator, type SimulatedOperator } from '../../src/operator/simulated-operator';
import type { OperatorSubject } from './operator-subject';

/** 24 November 2026, 10:00 in Shanghai. */
export const NOW = Date.UTC(2026, 10, 24, 2);

/** The simulated operator as the subject of the suite, with a clock that the suite moves. */
export function createSimulatedSubject() {
  let now = NOW;
  const operator = createSimulatedOperator({
    seed: 1,
    clock: () => now,
    timeZone: 'Asia/Shanghai',
    lineTestMs: 0,
  });
  const subject: OperatorSubject & { simulated: SimulatedOperator } = {
    operator,
    simulated: operator,
    now: () => now,
    pass: (ms) => {
      now += ms;
    },
    phones: {
      normal: '13800138000',
      arrears: '13800138001',
      suspended: '13800138002',
      fraudStop: '13800138003',
      nobody: '13800138009',
    },
    addresses: {
      quiet: '翠屏国际城7幢',
      outage: '秦淮区解放路20号4栋1单元201',
      lowLight: '鼓楼区中山路18号3栋2单元501',
      sound: '人民路66号1栋1单元101',
      uncovered: '云岭村3号',
    },
    lowLightAccount: 'kd13800138000',
    servedPhone: '13800138000',
    versionsTaken: async (number) =>
      operator
        .takenOrders()
        .filter((taken) => taken.number === number)
        .map(({ version }) => version)
        .reverse(),
    textsSentTo: async (phone) =>
      operator
        .sentTexts()
        .filter((sent) => sent.phone === phone)
        .map(({ text }) => text)
        .reverse(),
    codesSentTo: async (phone) =>
      operator
        .sentCodes()
        .filter((sent) => sent.phone === phone)
        .map(({ code }) => code)
        .reverse(),
  };
  return subject;
}
