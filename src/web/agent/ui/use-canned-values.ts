import { useMemo } from 'react';
import type { CannedValues } from '../state/canned';
import type { Loaded } from '../state/desk-shape';
import { useDeskState, useSpeakTime } from './context';

const OVER = ['closed', 'cancelled'];

/** What the variables of saved replies stand for in a conversation. */
export function useCannedValues({ view }: Loaded): CannedValues {
  const agent = useDeskState((state) => state.account?.name ?? '');
  const speakTime = useSpeakTime();
  return useMemo(() => {
    const order = view.orders.find(({ status }) => !OVER.includes(status));
    // Names are masked: "王*" is no way to address anybody.
    const name = view.customer?.name ?? view.user.name;
    return {
      agent,
      customer: name && !name.includes('*') ? name : null,
      order: order?.number ?? null,
      promise: order ? speakTime(order.promiseAt) : null,
    };
  }, [agent, view, speakTime]);
}
