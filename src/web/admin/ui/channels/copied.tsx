import Button from 'antd/es/button';
import { useAdmin, useNotice } from '../context';

/** A text to be taken elsewhere. Browsers copy on secure pages only: elsewhere it is selected by hand. */
export function Copied({ text }: { text: string }) {
  const { channels } = useAdmin().words;
  const say = useNotice();
  const clipboard = 'clipboard' in navigator ? navigator.clipboard : null;
  return (
    <p className="copied">
      <code>{text}</code>
      {clipboard && (
        <Button size="small" onClick={() => void clipboard.writeText(text).then(() => say(channels.copied))}>
          {channels.copy}
        </Button>
      )}
    </p>
  );
}
