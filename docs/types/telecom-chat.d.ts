/**
 * What the chat's server sends and takes: Direct Line 3.0, the bridge of the WebView, and app push. Written by
 * `npm run types` from the schemas of the server; needs nothing else. docs/chat.md and docs/app-push.md explain it.
 */

export type Locale = 'zh' | 'en';

export type Participant = {
  id: string;
  name?: string;
  role?: 'user' | 'bot' | 'agent';
};

export type Attachment = {
  contentType: string;
  contentUrl?: string;
  name?: string;
  content?: unknown;
};

export type CardAction = {
  type: 'imBack' | 'postBack' | 'openUrl';
  title: string;
  value: string;
};

export type Activity = {
  type: 'message' | 'event' | 'typing' | 'conversationUpdate' | 'endOfConversation' | 'invoke' | 'trace';
  id?: string;
  timestamp?: string;
  channelId?: string;
  from: Participant;
  recipient?: Participant;
  conversation?: {
    id: string;
  };
  locale?: string;
  text?: string;
  textFormat?: 'plain' | 'markdown';
  inputHint?: 'acceptingInput' | 'expectingInput' | 'ignoringInput';
  attachments?: Attachment[];
  suggestedActions?: {
    to?: string[];
    actions: CardAction[];
  };
  name?: string;
  code?: string;
  value?: unknown;
  replyToId?: string;
  channelData?: unknown;
};

export type TokenRequest = {
  user?: {
    id: string;
    name?: string;
  };
  customer?: {
    phone: string;
    accounts?: string[];
    name?: string;
  };
  trustedOrigins?: string[];
  locale?: Locale;
  /** An app's customer comes back to one and the same conversation, on every device; else each token begins a new one. */
  resume?: boolean;
};

export type ConversationToken = {
  conversationId: string;
  token: string;
  /** Seconds. */
  expires_in: number;
};

export type StartedConversation = {
  conversationId: string;
  token: string;
  /** Seconds. */
  expires_in: number;
  /** Opens a WebSocket, once, within a minute. */
  streamUrl: string;
};

export type ActivitySet = {
  activities: Activity[];
  watermark: string;
};

export type Posted = {
  id: string;
};

export type Refused = {
  error: {
    code: string;
    message: string;
  };
};

export type ToApp =
  | {
      type: 'token';
      id: string;
    }
  | {
      type: 'photo';
      id: string;
    }
  | {
      type: 'order';
      number: string;
    }
  | {
      type: 'close';
    };

export type FromApp =
  | {
      type: 'token';
      id: string;
      token: string;
    }
  | {
      type: 'photo';
      id: string;
      /** Null when the customer took no picture. */
      dataUrl: string | null;
    }
  | {
      type: 'ask-order';
      number: string;
    };

export type AppPush =
  | {
      event: 'message';
      /** The same key is the same push, however often it arrives. */
      key: string;
      conversationId: string;
      /** The customer, as the token request named them. */
      userId: string;
      /** One a conversation: what comes later under it replaces what is shown. */
      collapseKey: string;
      /** Rises with each push of a conversation; one that is lower than the last one taken is stale. */
      sequence: number;
      /** When the push was made, in UTC. */
      createdAt: string;
      /** Messages that wait for the customer. */
      count: number;
      title: string;
      /** The newest message, short, without personal data; null where no text may be sent. */
      text: string | null;
      locale: Locale;
      /** Where a tap leads: the conversation, and the work order that the newest message is about. */
      link: {
        conversationId: string;
        orderNumber: string | null;
      };
    }
  | {
      event: 'withdraw';
      /** The same key is the same push, however often it arrives. */
      key: string;
      conversationId: string;
      /** The customer, as the token request named them. */
      userId: string;
      /** One a conversation: what comes later under it replaces what is shown. */
      collapseKey: string;
      /** Rises with each push of a conversation; one that is lower than the last one taken is stale. */
      sequence: number;
      /** When the push was made, in UTC. */
      createdAt: string;
      count: 0;
    };
