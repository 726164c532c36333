import { z } from 'zod';
import { may, type Worker } from '../../accounts/permissions';
import type { ConversationState } from '../../contract/conversation';

/**
 * `dialogs/desk/own-pages.yaml`: pages of the operator's own systems. Only what a template names goes into an address;
 * `phone` and `account` are personal data, and stand there because whoever wrote the template wants it so.
 */
export const pageValues = ['customerId', 'account', 'phone', 'order', 'conversationId'] as const;
type PageValue = (typeof pageValues)[number];

export const ownPagesSchema = z.strictObject({
  hosts: z
    .array(z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'a host such as crm.operator.example'))
    .max(50),
  pages: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'small letters, digits and hyphens'),
        name: z.strictObject({ zh: z.string().min(1).max(20), en: z.string().min(1).max(40) }),
        url: z.string().max(1000),
      }),
    )
    .max(20),
});
export type OwnPages = z.infer<typeof ownPagesSchema>;
export type OwnPage = OwnPages['pages'][number];

const PLACE = /\{\{\s*([a-zA-Z]+)\s*\}\}/g;

export const namesIn = (url: string): string[] => [...url.matchAll(PLACE)].map(([, name = '']) => name);

const isPersonal = ({ url }: Pick<OwnPage, 'url'>): boolean =>
  namesIn(url).some((name) => name === 'phone' || name === 'account');

/** Who works on conversations opens such a page, and one with a number only who may see it whole. */
export const mayOpen = (worker: Pick<Worker, 'permissions'>, page: Pick<OwnPage, 'url'>): boolean =>
  may(worker, 'conversations.work') && (!isPersonal(page) || may(worker, 'personal-data.read'));

/** What is wrong with a template; null when it can be used. Nothing that is filled in may choose the host. */
export function faultOf(url: string, hosts: string[]): string | null {
  const unknown = namesIn(url).find((name) => !pageValues.some((each) => each === name));
  if (unknown !== undefined) return `there is no "${unknown}"; there are: ${pageValues.join(', ')}`;
  const [, host = ''] = /^https:\/\/([^/?#]*)/.exec(url) ?? [];
  if (host === '') return 'an address begins with https:// and a host';
  if (!hosts.includes(host)) return `the host "${host}" is not among the hosts`;
  return URL.canParse(url.replace(PLACE, 'x')) ? null : 'this is no address';
}

function readValue(name: PageValue, { conversationId, customer, orders }: ConversationState): string | null {
  switch (name) {
    case 'customerId':
      return customer?.record?.id ?? null;
    case 'account':
      return customer?.accounts[0] ?? null;
    case 'phone':
      return customer?.phone ?? null;
    case 'order':
      return orders.at(-1)?.number ?? null;
    case 'conversationId':
      return conversationId;
  }
}

/** Dots alone leave the folder of the template, encoded too; half a surrogate pair cannot be encoded. */
const UNFIT = /^\.+$|\p{Surrogate}/u;

/** A page for a conversation, every value encoded; null while one is not known, or not fit for an address. */
export function addressOf({ url }: Pick<OwnPage, 'url'>, state: ConversationState): string | null {
  let isWhole = true;
  const filled = url.replace(PLACE, (_place, name: string) => {
    const wanted = pageValues.find((each) => each === name);
    const value = wanted ? readValue(wanted, state) : null;
    if (value === null || value === '' || UNFIT.test(value)) {
      isWhole = false;
      return '';
    }
    return encodeURIComponent(value);
  });
  return isWhole ? filled : null;
}
