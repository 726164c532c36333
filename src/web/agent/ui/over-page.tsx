import Button from 'antd/es/button';
import { type ReactNode, useEffect } from 'react';
import { useDesk } from './context';
import { usePage } from './page';

interface OverPageProps {
  title: string;
  /** Stands beside the title. */
  beside?: ReactNode;
  /** What Escape and the button at the top do; closes the page when left out. */
  onBack?: () => void;
  children: ReactNode;
}

/** A page that lies over the whole desk, which stays where it was. */
export function OverPage({ title, beside, onBack, children }: OverPageProps) {
  const { shell } = useDesk().words;
  const page = usePage();
  const back = onBack ?? (() => page.show(null));
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      // A question that lies over the page is closed first.
      if (event.key === 'Escape' && !document.querySelector('.ant-modal-wrap, .ant-popover')) back();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [back]);
  return (
    <main className="wall" aria-label={title}>
      <header>
        <h1>{title}</h1>
        {beside}
        <span className="spring" />
        <Button onClick={() => page.show(null)}>{shell.back}</Button>
      </header>
      {children}
    </main>
  );
}
