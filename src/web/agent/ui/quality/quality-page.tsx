import Button from 'antd/es/button';
import { useCallback, useState } from 'react';
import { useDesk, useMay } from '../context';
import { OverPage } from '../over-page';
import { usePage } from '../page';
import { ResultsView } from './results-view';
import { StretchCase } from './stretch-case';
import { StretchList } from './stretch-list';

const ALL = ['to-review', 'appeals', 'reviewed', 'results', 'own'] as const;
type QualityTab = (typeof ALL)[number];

/** How good service was: what is to be judged and what came out, for those who lead; the own results for everybody. */
export function QualityPage() {
  const page = usePage();
  return page.overlay === 'quality' ? <OpenQuality /> : null;
}

function OpenQuality() {
  const { quality } = useDesk().words;
  const { show } = usePage();
  const readsAll = useMay('quality.read');
  // Who works with no customer has no results of their own.
  const isWorking = useMay('conversations.work');
  const tabs = ALL.filter((each) => (each === 'own' ? isWorking : readsAll));
  const [tab, setTab] = useState<QualityTab>(tabs[0] ?? 'own');
  const [open, setOpen] = useState<string | null>(null);
  const back = useCallback(() => (open === null ? show(null) : setOpen(null)), [open, show]);
  const choices = (
    <nav className="tabs" aria-label={quality.quality}>
      {tabs.map((each) => (
        <Button
          key={each}
          size="small"
          type={each === tab ? 'primary' : 'default'}
          aria-pressed={each === tab}
          onClick={() => {
            setTab(each);
            setOpen(null);
          }}
        >
          {quality.views[each]}
        </Button>
      ))}
    </nav>
  );
  return (
    <OverPage title={quality.quality} beside={choices} onBack={back}>
      {tab === 'results' ? (
        <ResultsView />
      ) : open === null ? (
        <StretchList key={tab} tab={tab} onOpen={setOpen} />
      ) : (
        <StretchCase
          key={open}
          path={`${tab === 'own' ? '/agent/quality' : '/quality/items'}/${encodeURIComponent(open)}`}
          onBack={() => setOpen(null)}
        />
      )}
    </OverPage>
  );
}
