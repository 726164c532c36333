import Input from 'antd/es/input';
import Modal from 'antd/es/modal';
import Radio from 'antd/es/radio';
import { useEffect, useId, useState } from 'react';
import type { Conversation } from '../state/types';
import { useDesk, useDeskState } from './context';
import { usePage } from './page';
import { useStep } from './use-step';

export function ReleaseDialog({ view }: { view: Conversation }) {
  const { words, locale } = useDesk();
  const { talk, shell } = words;
  const { isOpen, isBusy, cancel, take } = useStep('release');
  const [step, setStep] = useState<string | null>(null);
  return (
    <Modal
      open={isOpen}
      title={talk.release}
      okText={talk.release}
      cancelText={shell.cancel}
      confirmLoading={isBusy}
      onCancel={cancel}
      onOk={() => void take('/release', { resumeAt: step })}
      destroyOnHidden
    >
      <p className="hint" id="release-hint">
        {talk.releaseHint}
      </p>
      <Radio.Group
        className="choices"
        aria-labelledby="release-hint"
        value={step ?? ''}
        onChange={({ target }) => setStep(target.value === '' ? null : String(target.value))}
        options={[
          { value: '', label: talk.whereItStood },
          ...view.bot.resumeSteps.map(({ step: value, label }) => ({ value, label: label[locale] })),
        ]}
      />
    </Modal>
  );
}

export function CloseDialog() {
  const { words, locale, client } = useDesk();
  const { talk, shell } = words;
  const { isOpen, isBusy, cancel, take } = useStep('close');
  const { services } = useDeskState((state) => state.settings.dispositions);
  const [service, setService] = useState('');
  const [result, setResult] = useState('');
  const [note, setNote] = useState('');
  const id = useId();
  useEffect(() => {
    if (!isOpen) return;
    setService('');
    setResult('');
    setNote('');
  }, [isOpen]);
  const results = services.find((each) => each.id === service)?.results ?? [];
  async function close(): Promise<void> {
    if (await take('/close', { note, disposition: `${service}/${result}` }))
      client.store.dispatch({ type: 'notice', text: 'filed', isBad: false });
  }
  return (
    <Modal
      open={isOpen}
      title={talk.closeTitle}
      okText={talk.closeNow}
      okButtonProps={{ disabled: result === '' }}
      cancelText={shell.cancel}
      confirmLoading={isBusy}
      onCancel={cancel}
      onOk={() => void close()}
      destroyOnHidden
    >
      <p className="hint">{talk.closeHint}</p>
      <h3 id={`${id}s`}>{talk.service}</h3>
      <Radio.Group
        className="choices wrapping"
        aria-labelledby={`${id}s`}
        value={service}
        onChange={({ target }) => {
          setService(String(target.value));
          setResult('');
        }}
        options={services.map((each) => ({ value: each.id, label: each.name[locale] }))}
      />
      {results.length > 0 && (
        <>
          <h3 id={`${id}r`}>{talk.result}</h3>
          <Radio.Group
            className="choices wrapping"
            aria-labelledby={`${id}r`}
            value={result}
            onChange={({ target }) => setResult(String(target.value))}
            options={results.map((each) => ({ value: each.id, label: each.name[locale] }))}
          />
        </>
      )}
      <label htmlFor={id}>{talk.closeNote}</label>
      <Input.TextArea
        id={id}
        rows={2}
        maxLength={2000}
        value={note}
        onChange={({ target }) => setNote(target.value)}
      />
    </Modal>
  );
}

export function RevealDialog() {
  const { client, words } = useDesk();
  const { customer, shell } = words;
  const page = usePage();
  const [reason, setReason] = useState<string>('');
  const [other, setOther] = useState('');
  const id = useId();
  const said = reason === 'other' ? other.trim() : reason;
  async function reveal(): Promise<void> {
    if (!(await client.reveal(said))) return;
    page.show(null);
    setReason('');
    setOther('');
  }
  return (
    <Modal
      open={page.overlay === 'reveal'}
      title={customer.revealTitle}
      okText={customer.reveal}
      okButtonProps={{ disabled: said === '' }}
      cancelText={shell.cancel}
      onCancel={() => page.show(null)}
      onOk={() => void reveal()}
      destroyOnHidden
    >
      <p className="hint" id={`${id}h`}>
        {customer.revealHint}
      </p>
      <Radio.Group
        className="choices"
        aria-labelledby={`${id}h`}
        value={reason}
        onChange={({ target }) => setReason(String(target.value))}
        options={[
          ...customer.revealReasons.map((each) => ({ value: each, label: each })),
          { value: 'other', label: customer.revealOther },
        ]}
      />
      {reason === 'other' && (
        <Input
          aria-label={customer.revealOther}
          autoFocus
          maxLength={200}
          value={other}
          onChange={({ target }) => setOther(target.value)}
        />
      )}
    </Modal>
  );
}
