import Button from 'antd/es/button';
import { nameOfDisposition } from '../state/name-of-disposition';
import { keysOf } from '../state/shortcuts';
import type { Background, Conversation, Incident, PastSession } from '../state/types';
import { useDesk, useDeskState, useSpeakTime } from './context';
import { Orders } from './orders';
import { OwnPages } from './own-pages';
import { usePage } from './page';
import { ConversationTasks } from './tasks/conversation-tasks';

/** Who the customer is and what is known of them; numbers are masked until somebody says why they are needed. */
export function CustomerPanel() {
  const { words } = useDesk();
  const page = usePage();
  const loaded = useDeskState((state) => (state.openId ? state.loaded[state.openId] : undefined));
  if (!loaded) return null;
  const view = loaded.revealed ?? loaded.view;
  return (
    <aside className="panel" aria-label={words.shell.openPanel}>
      <Button
        type="text"
        className="narrow-only"
        aria-label={words.shell.close}
        onClick={() => page.change({ isPanelOpen: false })}
      >
        ✕
      </Button>
      <Who view={view} isRevealed={loaded.revealed !== null} />
      <OwnPages key={`pages-${view.conversationId}`} conversationId={view.conversationId} />
      <ConversationTasks key={view.conversationId} conversationId={view.conversationId} />
      <Orders view={view} orders={loaded.view.orders} />
      {loaded.background && <Incidents incidents={loaded.background.incidents} />}
      {loaded.background && <Past background={loaded.background} />}
    </aside>
  );
}

function Who({ view, isRevealed }: { view: Conversation; isRevealed: boolean }) {
  const { words } = useDesk();
  const { customer: texts, talk } = words;
  const { show } = usePage();
  const speakTime = useSpeakTime();
  const { customer, verified, linkedChannels, user } = view;
  const address = customer?.record?.address ?? null;
  const fields: [string, string][] = [
    ...(verified ? [[texts.phone, verified.phone] as [string, string]] : []),
    ...(address ? [[texts.address, address] as [string, string]] : []),
    ...(customer && customer.accounts.length > 0
      ? [[texts.accounts, customer.accounts.join(', ')] as [string, string]]
      : []),
  ];
  return (
    <section>
      <h2>{customer?.record?.name ?? customer?.name ?? user.name ?? talk.visitor}</h2>
      {verified ? (
        <p className="good">
          {texts.verified}
          {verified.by ? ` · ${texts.proofs[verified.by] ?? verified.by}` : ''}
          {verified.at ? ` · ${speakTime(verified.at)}` : ''}
        </p>
      ) : (
        <p className="warn">{texts.notVerified}</p>
      )}
      {fields.length > 0 && (
        <dl>
          {fields.map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {linkedChannels.length > 0 && (
        <p>
          <span className="label">{texts.channelsLinked}</span>{' '}
          {linkedChannels.map(({ channel }) => talk.channels[channel]).join('、')}
        </p>
      )}
      {isRevealed ? (
        <p className="quiet" role="status">
          {texts.revealed}
        </p>
      ) : (
        <Button size="small" title={keysOf('reveal')} onClick={() => show('reveal')}>
          {texts.reveal}
        </Button>
      )}
    </section>
  );
}

function Incidents({ incidents }: { incidents: Incident[] }) {
  const { words, locale } = useDesk();
  const { customer: texts } = words;
  const speakTime = useSpeakTime();
  return (
    <section>
      <h3>{texts.incidents}</h3>
      {incidents.length === 0 && <p className="quiet">{texts.noIncidents}</p>}
      <ul className="plain-list">
        {incidents.map(({ id, area, areaName, status, text, expectedAt }) => (
          <li key={id}>
            <span className="tag warn">{texts.incidentStatuses[status] ?? status}</span>{' '}
            <b title={area}>{areaName?.[locale] ?? area}</b> {text?.[locale]}
            {expectedAt !== null && (
              <p className="quiet">
                {texts.expected} {speakTime(expectedAt)}
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Past({ background: { sessions } }: { background: Background }) {
  const { customer: texts } = useDesk().words;
  return (
    <section>
      <h3>{texts.past}</h3>
      {sessions.length === 0 && <p className="quiet">{texts.noPast}</p>}
      <ul className="plain-list">
        {sessions.map((session) => (
          <OneSession key={session.id} session={session} />
        ))}
      </ul>
    </section>
  );
}

function OneSession({ session }: { session: PastSession }) {
  const { words, locale } = useDesk();
  const { customer: texts, talk } = words;
  const speakTime = useSpeakTime();
  const dispositions = useDeskState((state) => state.settings.dispositions);
  const { channel, startedAt, endedAt, outcome, disposition, note, rating } = session;
  const filed = nameOfDisposition(dispositions, disposition, locale);
  const ended = endedAt === null ? texts.ongoing : (texts.outcomes[outcome ?? ''] ?? texts.over);
  return (
    <li>
      <p>
        {speakTime(startedAt)} · {talk.channels[channel]}
      </p>
      <p className="quiet">
        {filed || ended} · {rating === null ? texts.notRated : texts.rating(rating)}
      </p>
      {note && <p>{note}</p>}
    </li>
  );
}
