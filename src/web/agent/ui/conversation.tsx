import Button from 'antd/es/button';
import { keysOf } from '../state/shortcuts';
import type { Conversation as View } from '../state/types';
import { BulletinBar } from './bulletin-bar';
import { Composer } from './composer';
import { useDesk, useDeskState } from './context';
import { GuestBar } from './guests/guest-bar';
import { usePage } from './page';
import { Countdown, PriorityTag } from './row';
import { Transcript } from './transcript';

/** The conversation in the middle: who it is with, what was said, what to say. */
export function Conversation() {
  const { words } = useDesk();
  const { talk, shell } = words;
  const openId = useDeskState((state) => state.openId);
  const loaded = useDeskState((state) => (state.openId ? state.loaded[state.openId] : undefined));
  const accountId = useDeskState((state) => state.account?.id);
  if (!openId) {
    return (
      <main className="middle empty">
        <h2>{talk.chooseTitle}</h2>
        <p>{talk.chooseHint}</p>
      </main>
    );
  }
  if (!loaded) {
    return (
      <main className="middle empty">
        <p role="status">{shell.loading}</p>
      </main>
    );
  }
  const { owner, agentId } = loaded.view.ownership;
  const isOwn = agentId === accountId;
  const guest = loaded.view.guests.find((each) => each.agentId === accountId);
  const mayWrite = owner === 'human' && (isOwn || guest?.mayWrite === true);
  return (
    <main className="middle">
      <Head view={loaded.view} isOwn={isOwn} />
      <GuestBar view={loaded.view} isOwn={isOwn && owner === 'human'} />
      <BulletinBar view={loaded.view} />
      <Transcript loaded={loaded} />
      {!mayWrite && <ReadOnly owner={owner} isOwn={isOwn} isGuest={guest !== undefined} id={openId} />}
      <Composer key={openId} loaded={loaded} mayWrite={mayWrite} />
    </main>
  );
}

const nameOf = ({ customer, user }: View): string | null =>
  customer?.record?.name ?? customer?.name ?? user.name;

function Head({ view, isOwn }: { view: View; isOwn: boolean }) {
  const { client, words } = useDesk();
  const { talk } = words;
  const { settings, act } = usePage();
  const { channel, ownership, conversationId } = view;
  const dueAt = useDeskState(
    (state) => state.mine.find((row) => row.conversationId === conversationId)?.dueAt ?? null,
  );
  const { owner, priority, since } = ownership;
  const wrapUpSeconds = useDeskState((state) => state.settings.wrapUpSeconds);
  return (
    <header className="talk-head">
      <Button
        type="text"
        className="phone-only"
        aria-label={words.shell.back}
        onClick={() => client.open(null)}
      >
        ←
      </Button>
      <h2>{nameOf(view) ?? talk.visitor}</h2>
      <span className="channel">{talk.channels[channel]}</span>
      <PriorityTag priority={priority} />
      {owner === 'queued' && <span className="tag">{talk.queued}</span>}
      {owner === 'bot' && <span className="tag">{talk.bot}</span>}
      {owner === 'wrap-up' && <Countdown dueAt={since + wrapUpSeconds * 1000} label={talk.wrapUpUntil} />}
      {dueAt !== null && owner === 'human' && <Countdown dueAt={dueAt} label={talk.dueIn} />}
      <span className="spring" />
      {owner === 'human' && isOwn && (
        <>
          <Button title={keysOf('transfer')} onClick={() => act('transfer')}>
            {talk.transfer}
          </Button>
          <Button title={keysOf('invite')} onClick={() => act('invite')}>
            {words.guests.invite}
          </Button>
          <Button title={keysOf('release')} onClick={() => act('release')}>
            {talk.release}
          </Button>
          <Button title={keysOf('close')} onClick={() => act('close')}>
            {talk.close}
          </Button>
        </>
      )}
      <Button
        type="text"
        aria-pressed={settings.isPanelOpen}
        title={keysOf('panel')}
        onClick={() => act('panel')}
      >
        {words.shell.openPanel}
      </Button>
    </header>
  );
}

interface ReadOnlyProps {
  owner: View['ownership']['owner'];
  isOwn: boolean;
  isGuest: boolean;
  id: string;
}

function ReadOnly({ owner, isOwn, isGuest, id }: ReadOnlyProps) {
  const { client, words } = useDesk();
  const { talk } = words;
  if (owner === 'queued') {
    return (
      <p className="read-only">
        {talk.readOnlyQueued}
        <Button type="primary" onClick={() => void client.claim(id)}>
          {talk.take}
        </Button>
      </p>
    );
  }
  if (owner === 'wrap-up' && isOwn) {
    return (
      <p className="read-only">
        {talk.readOnlyWrapUp}
        <Button type="primary" onClick={() => void client.step('/finish', {})}>
          {talk.finish}
        </Button>
      </p>
    );
  }
  return <p className="read-only">{isGuest ? words.guests.mayOnlyRead : talk.readOnlyOther}</p>;
}
