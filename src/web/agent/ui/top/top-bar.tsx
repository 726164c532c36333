import Button from 'antd/es/button';
import { MISSED } from '../../../../contract/desk';
import { keysOf } from '../../state/shortcuts';
import { useDesk, useDeskState } from '../context';
import { usePage } from '../page';
import { LeaderTools } from './leader-tools';
import { More } from './more';
import { Tools } from './tools';
import { useRoom } from './use-room';

/** Who is here, whether they take customers, whether the page is live, and what concerns the whole desk. */
export function TopBar() {
  const { words } = useDesk();
  const { shell } = words;
  const { bar, hasRoom } = useRoom();
  const others = (
    <>
      <LeaderTools />
      <Tools />
      <SignedIn />
    </>
  );
  return (
    <header className="top" ref={bar}>
      <h1>{shell.title}</h1>
      <LinkState />
      <span className="spring" />
      <Duty />
      {hasRoom ? others : <More>{others}</More>}
    </header>
  );
}

function LinkState() {
  const { shell } = useDesk().words;
  const link = useDeskState((state) => state.link);
  const told = { online: shell.linkOnline, connecting: shell.linkConnecting, offline: shell.linkOffline };
  return (
    <p className={`link ${link}`} role="status">
      {told[link]}
    </p>
  );
}

function Duty() {
  const { words } = useDesk();
  const { shell } = words;
  const { show } = usePage();
  const me = useDeskState((state) => state.me);
  if (!me) return null;
  const { presence, openCount } = me;
  return (
    <Button
      className={`duty ${presence.status}`}
      title={`${keysOf('duty')}, ${keysOf('presence')}`}
      onClick={() => show('presence')}
    >
      {shell.statuses[presence.status]}
      {presence.reason === MISSED && ` · ${shell.missedOffers}`}
      <span className="quiet"> {shell.capacityUsed(openCount, presence.capacity)}</span>
    </Button>
  );
}

function SignedIn() {
  const { client, words } = useDesk();
  const { act } = usePage();
  const name = useDeskState((state) => state.account?.name ?? '');
  return (
    <span className="account">
      <Button type="text" title={keysOf('own-account')} onClick={() => act('own-account')}>
        <b>{name}</b>
      </Button>
      <Button type="text" onClick={() => void client.signOut()}>
        {words.shell.signOut}
      </Button>
    </span>
  );
}
