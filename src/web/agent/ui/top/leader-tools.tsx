import Button from 'antd/es/button';
import { keysOf } from '../../state/shortcuts';
import { useDesk, useMay } from '../context';
import { usePage } from '../page';

/** The ways to what goes on and to the accounts, for those who lead and manage. */
export function LeaderTools() {
  const { words } = useDesk();
  const { act } = usePage();
  const mayLook = useMay('wall.read');
  const mayManage = useMay('accounts.manage');
  return (
    <>
      {mayLook && (
        <Button title={keysOf('wall')} onClick={() => act('wall')}>
          {words.lead.wall}
        </Button>
      )}
      {mayManage && (
        <Button title={keysOf('accounts')} onClick={() => act('accounts')}>
          {words.accounts.title}
        </Button>
      )}
    </>
  );
}
