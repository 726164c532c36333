import Button from 'antd/es/button';
import { keysOf } from '../state/shortcuts';
import { useDesk, useDeskState } from './context';
import { usePage } from './page';

export const useIsLeader = (): boolean =>
  useDeskState((state) => state.account?.role === 'supervisor' || state.account?.role === 'admin');

/** The way to what goes on, for those who lead. */
export function LeaderTools() {
  const { words } = useDesk();
  const { act } = usePage();
  if (!useIsLeader()) return null;
  return (
    <Button title={keysOf('wall')} onClick={() => act('wall')}>
      {words.lead.wall}
    </Button>
  );
}
