import { clockTime } from './when';

interface Row {
  phone: string;
  at: number;
  code?: string;
  text?: string;
}

/** What went out to phones: nobody has one here, so it is shown. */
export function Sent({ title, rows, zone }: { title: string; rows: Row[]; zone: string }) {
  return (
    <section class="card" aria-label={title}>
      <h2>{title}</h2>
      <ul class="rows">
        {rows.map(({ phone, at, code, text }) => (
          <li key={`${at}${phone}${code ?? text}`}>
            {code && <strong class="code">{code}</strong>}
            <span class="grow">
              {text ?? phone}
              <small>
                {text ? `${phone} · ` : ''}
                {clockTime(at, zone)}
              </small>
            </span>
          </li>
        ))}
      </ul>
      {rows.length === 0 && <p class="empty">还没有发出{title}。</p>}
    </section>
  );
}
