/** Everything can be done without a mouse. A key alone works where nothing is being typed, one with Alt everywhere. */
export const actions = [
  'help',
  'take-next',
  'next',
  'previous',
  'next-unread',
  'focus-lists',
  'focus-composer',
  'note',
  'canned',
  'suggest',
  'transfer',
  'invite',
  'release',
  'close',
  'order',
  'reveal',
  'panel',
  'duty',
  'presence',
  'mentions',
  'task',
  'tasks',
  'wall',
  'quality',
  'hand-over',
  'practice',
  'own-account',
  'accounts',
  'language',
  'theme',
] as const;
export type Action = (typeof actions)[number];

interface Shortcut {
  action: Action;
  /** `KeyboardEvent.code`: the place of the key, the same on every layout. */
  code: string;
  needsAlt: boolean;
  /** As it is shown. */
  keys: string;
}

const alt = (action: Action, code: string, keys: string): Shortcut => ({
  action,
  code,
  needsAlt: true,
  keys: `Alt+${keys}`,
});

export const shortcuts: Shortcut[] = [
  { action: 'help', code: 'Slash', needsAlt: false, keys: '?' },
  alt('take-next', 'KeyN', 'N'),
  alt('next', 'ArrowDown', '↓'),
  alt('previous', 'ArrowUp', '↑'),
  alt('next-unread', 'KeyU', 'U'),
  alt('focus-lists', 'KeyQ', 'Q'),
  alt('focus-composer', 'KeyM', 'M'),
  alt('note', 'KeyI', 'I'),
  alt('canned', 'KeyK', 'K'),
  alt('suggest', 'KeyS', 'S'),
  alt('transfer', 'KeyT', 'T'),
  alt('invite', 'KeyF', 'F'),
  alt('release', 'KeyB', 'B'),
  alt('close', 'KeyW', 'W'),
  alt('order', 'KeyO', 'O'),
  alt('reveal', 'KeyR', 'R'),
  alt('panel', 'KeyP', 'P'),
  alt('duty', 'KeyG', 'G'),
  alt('presence', 'KeyY', 'Y'),
  alt('mentions', 'KeyE', 'E'),
  alt('task', 'KeyZ', 'Z'),
  alt('tasks', 'KeyJ', 'J'),
  alt('wall', 'KeyV', 'V'),
  alt('quality', 'KeyX', 'X'),
  alt('hand-over', 'KeyH', 'H'),
  alt('practice', 'KeyC', 'C'),
  alt('own-account', 'KeyA', 'A'),
  alt('accounts', 'Digit1', '1'),
  alt('language', 'KeyL', 'L'),
  alt('theme', 'KeyD', 'D'),
];

type Key = Pick<KeyboardEvent, 'code' | 'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'isComposing'>;

/** What a key means; `isTyping`: it would go into a field. Null for what is none of ours. */
export function actionOf(key: Key, isTyping: boolean): Action | null {
  if (key.ctrlKey || key.metaKey || key.isComposing) return null;
  if (!key.altKey) return key.key === '?' && !isTyping ? 'help' : null;
  return shortcuts.find(({ needsAlt, code }) => needsAlt && code === key.code)?.action ?? null;
}

export const keysOf = (action: Action): string =>
  shortcuts.find((shortcut) => shortcut.action === action)?.keys ?? '';
