import type { ChannelId } from '../../src/contract/activity';
import { smallContent, startConversation } from './conversation';
import { dialogSet } from './dialogs';

const yaml = (told: string) => `
id: test-line
name: { zh: 报修, en: report }
intents: [fault]
slots: { order: { name: { zh: 单, en: order } } }
steps:
  - id: create
    type: work-order
    kind: fault
    summary: { zh: 断网, en: No internet }
    timeoutMs: 30000
    saveAs: order
    next: done
    onTimeout: over
    onError: over
  - { id: done, type: say, text: { zh: "${told}", en: "${told}" }, next: over }
  - { id: over, type: end }
`;

/** A conversation whose dialog has just asked for an order, and tells of it in these words when it is there. */
export function openWithOrderDialog(
  told = '单号 {{ slots.order.order.number }}',
  channel: ChannelId = 'web',
) {
  const dialogs = dialogSet({ 'test-line.yaml': yaml(told) }, ['fault']);
  const talk = startConversation({
    pickContent: (version) => ({ ...smallContent(version ?? 'v1'), dialogs }),
  });
  talk.say('坏了', { channel });
  return talk;
}
