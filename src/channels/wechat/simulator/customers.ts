import type { Allowance } from '../../../contract/channel-accounts';

/** One line of what a customer sees in the simulated WeChat, or would like to know of what went on. */
export interface Line {
  id: number;
  at: number;
  from: 'customer' | 'account' | 'system';
  text: string;
  options: string[];
  /** Address of a picture. */
  picture: string | null;
  /** A page behind an article. */
  url: string | null;
  /** How it came: as a passive reply or by API; null for the customer's own. */
  route: 'passive' | 'api' | 'welcome' | 'template' | null;
}

interface Grant {
  left: number;
  untilAt: number;
}

/** A customer of the simulated WeChat: the lines, and how many sends the account has left. */
export interface SimulatedCustomer {
  openId: string;
  lines: Line[];
  grants: { message: Grant; event: Grant };
  isTyping: boolean;
  isFollowing: boolean;
}

const none = (): Grant => ({ left: 0, untilAt: 0 });

export function createCustomers(options: {
  allowances: { message: Allowance; event: Allowance };
  clock: () => number;
}) {
  const { allowances, clock } = options;
  const customers = new Map<string, SimulatedCustomer>();
  let serial = 0;

  function find(openId: string): SimulatedCustomer {
    const known = customers.get(openId);
    if (known) return known;
    const fresh = {
      openId,
      lines: [],
      grants: { message: none(), event: none() },
      isTyping: false,
      isFollowing: true,
    };
    customers.set(openId, fresh);
    return fresh;
  }

  return {
    find,
    all: () => [...customers.values()],

    add(openId: string, line: Partial<Line> & Pick<Line, 'from' | 'text'>): void {
      serial += 1;
      const empty = { options: [], picture: null, url: null, route: null };
      const customer = find(openId);
      customer.lines.push({ ...empty, ...line, id: serial, at: clock() });
      if (line.from === 'account') customer.isTyping = false;
    },

    /** The customer has done something: the account may send again. */
    grant(openId: string, kind: 'message' | 'event'): void {
      const { sends, windowSeconds } = allowances[kind];
      find(openId).grants[kind] = { left: sends, untilAt: clock() + windowSeconds * 1000 };
    },

    /** Uses up one send; the real error code when there is none. */
    take(openId: string): 0 | 45015 | 45047 {
      const { event, message } = find(openId).grants;
      const open = [event, message].filter(({ untilAt }) => untilAt > clock());
      if (open.length === 0) return 45015;
      const grant = open.find(({ left }) => left > 0);
      if (!grant) return 45047;
      grant.left -= 1;
      return 0;
    },
  };
}
export type SimulatedCustomers = ReturnType<typeof createCustomers>;
