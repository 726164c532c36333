import Button from 'antd/es/button';
import { useDesk } from './context';
import { SecondFactor } from './own-account/second-factor';

/** Whose role may do nothing with a password alone: the authenticator app comes first. */
export function MustSetFactor() {
  const { client, words } = useDesk();
  return (
    <>
      <p className="warn">{words.own.mustSet}</p>
      <SecondFactor onKept={() => void client.start()} />
      <Button type="text" onClick={() => void client.signOut()}>
        {words.shell.signOut}
      </Button>
    </>
  );
}
