import { render } from 'preact';
import { Icon } from '../chat/icons';
import type { Texts } from '../chat/texts';

export interface LauncherProps {
  isOpen: boolean;
  unread: number;
  text: Texts;
  onOpen: () => void;
}

const MOST = 99;

function Launcher({ isOpen, unread, text, onOpen }: LauncherProps) {
  if (isOpen) return null;
  const news = unread > 0 ? `, ${unread} ${text.newLines}` : '';
  return (
    <button type="button" class="launcher" aria-label={`${text.open}${news}`} onClick={onOpen}>
      <Icon name="chat" />
      {unread > 0 && <span class="badge">{unread > MOST ? `${MOST}+` : unread}</span>}
    </button>
  );
}

/** The button that opens the chat, with the count of what came meanwhile. */
export const drawLauncher = (into: Element, props: LauncherProps): void =>
  render(<Launcher {...props} />, into);
