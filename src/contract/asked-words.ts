/** What the operator's systems are asked, in an agent's words. */
export const askedWords: Partial<Record<string, { zh: string; en: string }>> = {
  'operator.coverage': { zh: '能不能装', en: 'coverage' },
  'operator.plans': { zh: '套餐价目', en: 'plans on sale' },
  'operator.customer': { zh: '账户状态', en: 'the account' },
  'operator.bill': { zh: '账单', en: 'the bill' },
  'operator.contract': { zh: '合约', en: 'the contract' },
  'operator.services': { zh: '在用的业务', en: 'services in use' },
  'operator.relocation': { zh: '移机费用', en: 'terms of the move' },
  'operator.plan-quote': { zh: '换套餐的费用', en: 'terms of the plan change' },
  'operator.change-plan': { zh: '换套餐', en: 'plan change' },
  'operator.cancel-service': { zh: '取消业务', en: 'service cancellation' },
  'operator.outage': { zh: '片区故障', en: 'outages' },
  'operator.line-test': { zh: '线路测试', en: 'the line test' },
  'operator.change-slot': { zh: '改上门时间', en: 'moving the visit' },
  'operator.slots': { zh: '空闲时段', en: 'free visits' },
  'work-order.create': { zh: '登记工单', en: 'registering the order' },
  'work-order.find': { zh: '查工单', en: 'the order' },
};
