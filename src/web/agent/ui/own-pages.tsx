import { useEffect, useState } from 'react';
import { conversationPath } from '../client/desk-reader';
import { useDesk } from './context';

interface Page {
  id: string;
  name: { zh: string; en: string };
}

/** Ways into the operator's own systems with this customer filled in; nothing where none is set. */
export function OwnPages({ conversationId }: { conversationId: string }) {
  const { client, words, locale } = useDesk();
  const [pages, setPages] = useState<Page[]>([]);
  useEffect(() => {
    let isGone = false;
    void client
      .call<{ pages: Page[] }>('GET', conversationPath(conversationId, '/own-pages'))
      .then((found) => {
        if (!isGone && found) setPages(found.pages);
      });
    return () => {
      isGone = true;
    };
  }, [client, conversationId]);
  if (pages.length === 0) return null;
  return (
    <section>
      <h3>{words.customer.ownPages}</h3>
      <ul className="plain-list">
        {pages.map(({ id, name }) => (
          <li key={id}>
            <a
              href={conversationPath(conversationId, `/own-pages/${id}`)}
              target="_blank"
              rel="noopener noreferrer"
            >
              {name[locale]}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
