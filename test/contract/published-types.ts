import type { z } from 'zod';
import type * as Published from '../../docs/types/telecom-chat';
import type { activitySchema } from '../../src/contract/activity';
import type { fromAppSchema, toAppSchema } from '../../src/contract/app-bridge';
import type { appPushSchema } from '../../src/contract/app-push';
import type {
  activitySetSchema,
  conversationTokenSchema,
  postedSchema,
  refusedSchema,
  startedConversationSchema,
  tokenRequestSchema,
} from '../../src/contract/direct-line';

/** Whether two types are the same, not merely alike. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Compiled with everything else: the published types are those of the contract. */
export const areSame: {
  activity: Same<Published.Activity, z.input<typeof activitySchema>>;
  tokenRequest: Same<Published.TokenRequest, z.input<typeof tokenRequestSchema>>;
  token: Same<Published.ConversationToken, z.output<typeof conversationTokenSchema>>;
  started: Same<Published.StartedConversation, z.output<typeof startedConversationSchema>>;
  set: Same<Published.ActivitySet, z.output<typeof activitySetSchema>>;
  posted: Same<Published.Posted, z.output<typeof postedSchema>>;
  refused: Same<Published.Refused, z.output<typeof refusedSchema>>;
  toApp: Same<Published.ToApp, z.output<typeof toAppSchema>>;
  fromApp: Same<Published.FromApp, z.output<typeof fromAppSchema>>;
  push: Same<Published.AppPush, z.output<typeof appPushSchema>>;
} = {
  activity: true,
  tokenRequest: true,
  token: true,
  started: true,
  set: true,
  posted: true,
  refused: true,
  toApp: true,
  fromApp: true,
  push: true,
};
