import Button from 'antd/es/button';

interface TabsProps<T extends string> {
  /** What is chosen between. */
  label: string;
  all: readonly T[];
  names: Readonly<Record<T, string>>;
  shown: T;
  onShow: (tab: T) => void;
  size?: 'small' | 'middle';
  /** Those that cannot be shown now. */
  off?: readonly T[];
  /** Those that a narrow screen has no room for. */
  wideOnly?: readonly T[];
}

/** Which of a few views is shown. */
export function Tabs<T extends string>({ label, all, names, shown, onShow, ...look }: TabsProps<T>) {
  const { size = 'small', off = [], wideOnly = [] } = look;
  return (
    <nav className="tabs" aria-label={label}>
      {all.map((each) => (
        <Button
          key={each}
          size={size}
          className={wideOnly.includes(each) ? 'wide-only' : undefined}
          type={each === shown ? 'primary' : 'default'}
          aria-pressed={each === shown}
          disabled={off.includes(each)}
          onClick={() => onShow(each)}
        >
          {names[each]}
        </Button>
      ))}
    </nav>
  );
}
