import Button from 'antd/es/button';
import { keysOf } from '../state/shortcuts';
import { useDesk, useMay } from './context';
import { usePage } from './page';

/** The way to what goes on, for those who lead. */
export function LeaderTools() {
  const { words } = useDesk();
  const { act } = usePage();
  const mayLook = useMay('wall.read');
  if (!mayLook) return null;
  return (
    <Button title={keysOf('wall')} onClick={() => act('wall')}>
      {words.lead.wall}
    </Button>
  );
}
