import { orderKindWords } from '../../../../contract/order-words';
import type { OrderAtRisk } from '../../../../contract/supervision';
import { spanWords } from '../../state/span-words';
import { useDesk } from '../context';
import { usePage } from '../page';

/** Open orders whose promise is broken, or will be soon. */
export function Risks({ orders, at }: { orders: OrderAtRisk[]; at: number }) {
  const { client, words, locale } = useDesk();
  const { lead } = words;
  const page = usePage();
  return (
    <section>
      <h2>
        {lead.risks} <span className="count">{orders.length}</span>
      </h2>
      {orders.length === 0 && <p className="empty">{lead.noRisks}</p>}
      <ul>
        {orders.map(({ number, kind, promiseAt, conversationId }) => (
          <li key={number} className={promiseAt <= at ? 'warn' : ''}>
            {orderKindWords[locale][kind]}{' '}
            <button
              type="button"
              className="link-like"
              onClick={() => {
                page.show(null);
                client.open(conversationId);
              }}
            >
              {number}
            </button>{' '}
            {promiseAt <= at ? lead.overdue : lead.left} {spanWords(Math.abs(promiseAt - at), locale)}
          </li>
        ))}
      </ul>
    </section>
  );
}
