import Button from 'antd/es/button';
import { leads } from '../state/leads';
import { keysOf } from '../state/shortcuts';
import { useDesk, useDeskState } from './context';
import { usePage } from './page';

/** The way to what goes on, for those who lead. */
export function LeaderTools() {
  const { words } = useDesk();
  const { act } = usePage();
  const role = useDeskState((state) => state.account?.role);
  if (!leads(role)) return null;
  return (
    <Button title={keysOf('wall')} onClick={() => act('wall')}>
      {words.lead.wall}
    </Button>
  );
}
