import Input from 'antd/es/input';
import Modal from 'antd/es/modal';
import Radio from 'antd/es/radio';
import { useEffect, useId, useState } from 'react';
import { newId } from '../../shared/outgoing';
import { speakValue } from '../state/speak-value';
import type { Conversation } from '../state/types';
import { useDesk } from './context';
import { usePage } from './page';

const kinds = ['fault', 'installation', 'complaint'] as const;
const emptyForm = () => ({
  clientId: newId(),
  kind: 'fault' as (typeof kinds)[number],
  summary: '',
  phone: '',
  address: '',
});

/** What the bot learned under a name; empty when nothing. */
function saidOf({ bot }: Conversation, slot: string): string {
  const known = bot.dialogs.flatMap(({ slots }) => slots).findLast(({ name }) => name === slot);
  return known ? (speakValue(known.value, String, 'zh') ?? '') : '';
}

/** A work order for the customer; they hear of it as of every other. */
export function OrderDialog({ view }: { view: Conversation }) {
  const { client, words } = useDesk();
  const { customer: texts, shell } = words;
  const page = usePage();
  const [form, setForm] = useState(emptyForm);
  const isOpen = page.overlay === 'order';
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is typed stays when news come in meanwhile
  useEffect(() => {
    // Nobody types what the customer has said already.
    if (isOpen && form.summary === '')
      change({ summary: saidOf(view, 'said'), address: saidOf(view, 'address') });
  }, [isOpen]);
  const [isBusy, setIsBusy] = useState(false);
  const id = useId();
  const change = (part: Partial<typeof form>) => setForm({ ...form, ...part });
  async function make(): Promise<void> {
    setIsBusy(true);
    const { clientId, kind, summary, phone, address } = form;
    const body = { clientId, kind, summary, phone: phone.trim() || null, address: address.trim() || null };
    const path = `/agent/conversations/${encodeURIComponent(view.conversationId)}/orders`;
    const made = await client.call<{ order: { number: string } }>('POST', path, { body });
    setIsBusy(false);
    if (!made) return;
    client.store.dispatch({ type: 'notice', text: 'order-made', detail: made.order.number, isBad: false });
    page.show(null);
    setForm(emptyForm());
    await client.refreshOpen();
  }
  return (
    <Modal
      open={isOpen}
      title={texts.newOrder}
      okText={texts.make}
      okButtonProps={{ disabled: form.summary.trim() === '' }}
      cancelText={shell.cancel}
      confirmLoading={isBusy}
      onCancel={() => page.show(null)}
      onOk={() => void make()}
    >
      <div className="stacked">
        <Radio.Group
          aria-label={texts.kind}
          value={form.kind}
          options={kinds.map((value) => ({ value, label: texts.kinds[value] }))}
          onChange={({ target }) => change({ kind: target.value })}
        />
        <label htmlFor={`${id}s`}>{texts.summary}</label>
        <Input.TextArea
          id={`${id}s`}
          rows={2}
          maxLength={300}
          value={form.summary}
          onChange={({ target }) => change({ summary: target.value })}
        />
        <label htmlFor={`${id}a`}>{texts.place}</label>
        <Input
          id={`${id}a`}
          maxLength={200}
          value={form.address}
          onChange={({ target }) => change({ address: target.value })}
        />
        <label htmlFor={`${id}p`}>{texts.contact}</label>
        <Input
          id={`${id}p`}
          inputMode="tel"
          maxLength={30}
          value={form.phone}
          onChange={({ target }) => change({ phone: target.value })}
        />
      </div>
    </Modal>
  );
}
