import type { ChannelId } from './activity';

/** What an agent can do in a channel beside words. */
export interface AgentMeans {
  /** Content types of files that reach the customer; the desk offers and the server takes no others. */
  files: readonly string[];
  /** Whether a message can be taken back once it is out. */
  canRecall: boolean;
}

const OWN_FILES = ['image/jpeg', 'image/png', 'image/webp', 'application/pdf'];
/** Of temporary media of WeChat and WeCom: https://developers.weixin.qq.com/doc/offiaccount/Asset_Management/New_temporary_materials.html */
const MEDIA = ['image/jpeg', 'image/png'];

export const agentMeans: Readonly<Record<ChannelId, AgentMeans>> = {
  web: { files: OWN_FILES, canRecall: true },
  app: { files: OWN_FILES, canRecall: true },
  wechat: { files: MEDIA, canRecall: false },
  wecom: { files: MEDIA, canRecall: false },
  // Only where the channel behind it shows pictures: to-wire.ts knows which.
  'bot-framework': { files: MEDIA, canRecall: false },
};

/** Bytes of a file that an agent sends. */
export const AGENT_FILE_LIMIT = 10 * 1024 * 1024;
/** So long after it was sent a message can be taken back. */
export const RECALL_MS = 2 * 60_000;
