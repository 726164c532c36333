import Button from 'antd/es/button';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useAdmin } from './context';
import { hashOf, PAGE_GROUPS, type PageName } from './use-place';

interface MenuProps {
  /** Where one is. */
  page: PageName;
  /** Where this person may go. */
  pages: readonly PageName[];
  /** What stands below the pages: language, theme, leaving. */
  children: ReactNode;
}

/** Where one can go, in groups with rows that a thumb reaches, where the bar is too narrow for all of them. */
export function PageMenu({ page, pages, children }: MenuProps) {
  const { shell } = useAdmin().words;
  const id = useId();
  const [isOpen, setIsOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!isOpen) return;
    const current = panel.current?.querySelector<HTMLElement>('[aria-current]');
    (current ?? panel.current?.querySelector<HTMLElement>('a, button'))?.focus();
  }, [isOpen]);
  useEffect(() => {
    if (!isOpen) return;
    const onKey = ({ key }: KeyboardEvent): void => {
      if (key !== 'Escape') return;
      setIsOpen(false);
      opener.current?.focus();
    };
    // Whoever goes on with the Tab key has left it.
    const onFocus = ({ target }: FocusEvent): void => {
      if (target instanceof Node && !root.current?.contains(target)) setIsOpen(false);
    };
    document.addEventListener('keydown', onKey);
    document.addEventListener('focusin', onFocus);
    return () => {
      document.removeEventListener('keydown', onKey);
      document.removeEventListener('focusin', onFocus);
    };
  }, [isOpen]);
  return (
    <div className="page-menu" ref={root}>
      <Button
        ref={opener}
        type="text"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setIsOpen(!isOpen)}
      >
        <span aria-hidden="true">☰</span> {shell.pages[page]}
        <span className="unseen"> {shell.menu}</span>
      </Button>
      {isOpen && (
        <>
          <button
            type="button"
            className="page-menu-shade"
            tabIndex={-1}
            aria-label={shell.close}
            onClick={() => setIsOpen(false)}
          />
          <div className="page-menu-panel" id={id} ref={panel}>
            <nav aria-label={shell.pagesLabel}>
              {Object.entries(PAGE_GROUPS).map(([group, names]) => (
                <Group
                  key={group}
                  name={shell.groups[group as keyof typeof PAGE_GROUPS]}
                  pages={names.filter((each) => pages.includes(each))}
                  page={page}
                  onGo={() => setIsOpen(false)}
                />
              ))}
            </nav>
            <div className="page-menu-tools">{children}</div>
          </div>
        </>
      )}
    </div>
  );
}

interface GroupProps {
  name: string;
  pages: readonly PageName[];
  page: PageName;
  onGo: () => void;
}

function Group({ name, pages, page, onGo }: GroupProps) {
  const { shell } = useAdmin().words;
  if (pages.length === 0) return null;
  return (
    <section aria-label={name}>
      <p className="label">{name}</p>
      <ul>
        {pages.map((each) => (
          <li key={each}>
            <a
              href={hashOf({ page: each, open: null, step: null })}
              aria-current={each === page ? 'page' : undefined}
              onClick={onGo}
            >
              {shell.pages[each]}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
