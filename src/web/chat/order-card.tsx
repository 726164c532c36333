import type { Locale } from '../../contract/activity';
import {
  orderCardWords,
  orderKindWords,
  orderStatusWords,
  technicianWords,
} from '../../contract/order-words';
import type { OrderStatus, OrderView } from '../../contract/orders';
import { speakTime, speakWindow } from '../../speak-time';

export interface OrderCardProps {
  order: OrderView;
  locale: Locale;
  timeZone: string;
  now: number;
  /** In an app: opens the order there. */
  onOrder?: (number: string) => void;
}

/** The way of an order; a cancelled one has left it. */
const WAY: OrderStatus[] = ['registered', 'assigned', 'in-progress', 'resolved'];
const placeOf = (status: OrderStatus): number => (status === 'closed' ? WAY.length - 1 : WAY.indexOf(status));

/** A work order as it stands now: what it is, how far it has come, by when it will be done. */
export function OrderCard({ order, locale, timeZone, now, onOrder }: OrderCardProps) {
  const { number, kind, status, promiseAt, appointment, technician, updatedAt } = order;
  const words = orderCardWords[locale];
  const context = { locale, timeZone, now };
  const place = placeOf(status);
  const isOpen = status !== 'closed' && status !== 'cancelled';
  return (
    <section class={`order-card ${status}`} aria-label={`${orderKindWords[locale][kind]} ${number}`}>
      <p class="order-head">
        <strong>{orderKindWords[locale][kind]}</strong>
        {onOrder ? (
          <button type="button" class="order" onClick={() => onOrder(number)}>
            {number}
          </button>
        ) : (
          <span>{number}</span>
        )}
      </p>
      {place >= 0 && (
        <div class="order-way" aria-hidden="true">
          {WAY.map((step, i) => (
            <span key={step} class={i <= place ? 'done' : ''} />
          ))}
        </div>
      )}
      <p class="order-status" aria-live="polite">
        {orderStatusWords[locale][status]}
      </p>
      <dl>
        {isOpen && promiseAt !== null && (
          <div>
            <dt>{words.promise}</dt>
            <dd>{speakTime(promiseAt, context)}</dd>
          </div>
        )}
        {isOpen && appointment !== null && (
          <div>
            <dt>{words.visit}</dt>
            <dd>{speakWindow(appointment, context)}</dd>
          </div>
        )}
        {isOpen && technician && (
          <div>
            <dt>{words.technician}</dt>
            <dd>{technicianWords(locale, technician)}</dd>
          </div>
        )}
        <div>
          <dt>{words.updated}</dt>
          <dd>{speakTime(updatedAt, context)}</dd>
        </div>
      </dl>
    </section>
  );
}
