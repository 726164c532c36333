import Button from 'antd/es/button';
import { type ReactNode, useEffect, useId, useState } from 'react';
import { useDesk } from '../context';

/** What has no room in the bar, behind one button; whatever is chosen closes it. */
export function More({ children }: { children: ReactNode }) {
  const { shell } = useDesk().words;
  const [isOpen, setIsOpen] = useState(false);
  const id = useId();
  useEffect(() => {
    if (!isOpen) return;
    const onKey = (event: KeyboardEvent) => event.key === 'Escape' && setIsOpen(false);
    // Also the choice itself, after it was done.
    const onClick = ({ target }: MouseEvent) => {
      const isOfButton = target instanceof Element && target.closest(`[aria-controls="${id}"]`);
      if (!isOfButton) setIsOpen(false);
    };
    document.addEventListener('keydown', onKey);
    document.addEventListener('click', onClick);
    return () => {
      document.removeEventListener('keydown', onKey);
      document.removeEventListener('click', onClick);
    };
  }, [isOpen, id]);
  return (
    <div className="more">
      <Button aria-expanded={isOpen} aria-controls={id} onClick={() => setIsOpen(!isOpen)}>
        {shell.more}
      </Button>
      <div id={id} className="more-list" hidden={!isOpen}>
        {children}
      </div>
    </div>
  );
}
