/** Shows a conversation. Text is only ever set as text: whatever a customer writes stays words. */
const find = (id) => document.getElementById(id);

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

const dayOf = (timestamp) => new Date(timestamp ?? Date.now()).toDateString();
const isNearEnd = (log) => log.scrollHeight - log.scrollTop - log.clientHeight < 160;

/** @param {{ text: (name: string) => string, locale: () => string, onReply: (text: string) => void }} options */
export function createView({ text, locale, onReply }) {
  const log = find('log');
  const replies = find('replies');
  const typing = find('typing');
  const pending = new Map();
  let lastDay = '';
  let typingTimer = 0;

  function follow(wasNearEnd) {
    if (wasNearEnd) log.scrollTop = log.scrollHeight;
  }

  function showDay(timestamp) {
    const day = dayOf(timestamp);
    if (day === lastDay) return;
    lastDay = day;
    const isToday = day === dayOf();
    const name = new Intl.DateTimeFormat(locale(), { month: 'long', day: 'numeric' }).format(
      new Date(timestamp ?? Date.now()),
    );
    log.append(element('li', 'day', isToday ? text('today') : name));
  }

  function attachmentOf({ contentType, contentUrl, name }) {
    if (contentType?.startsWith('image/')) {
      const image = element('img');
      image.src = contentUrl;
      image.alt = name ?? text('attach');
      image.onload = () => follow(true);
      return image;
    }
    const link = element('a', '', name ?? text('file'));
    link.href = contentUrl;
    link.rel = 'noopener';
    link.target = '_blank';
    return link;
  }

  function addMessage(className, activity) {
    const item = element('li', `message ${className}`);
    const { name, role } = activity.from ?? {};
    if (role === 'agent' && name) item.append(element('p', 'name', name));
    const bubble = element('div', 'bubble', activity.text);
    for (const attachment of activity.attachments ?? []) bubble.append(attachmentOf(attachment));
    item.append(bubble);
    log.append(item);
    return item;
  }

  function showReplies(actions) {
    replies.replaceChildren(
      ...actions.map(({ title, value }) => {
        const button = element('button', 'plain', title);
        button.type = 'button';
        button.onclick = () => onReply(value);
        return button;
      }),
    );
  }

  return {
    showStatus(status) {
      find('status').textContent = text(status);
    },
    showActivity(activity) {
      if (activity.type !== 'message') return;
      const wasNearEnd = isNearEnd(log);
      const ownId = activity.channelData?.clientActivityID;
      pending.get(ownId)?.remove();
      pending.delete(ownId);
      showDay(activity.timestamp);
      const item = addMessage(activity.isOwn ? 'own' : (activity.from?.role ?? 'bot'), activity);
      // What is still on its way stays below what has arrived.
      for (const waiting of pending.values()) log.append(waiting);
      typing.hidden = true;
      showReplies(activity.isOwn ? [] : (activity.suggestedActions?.actions ?? []));
      if (activity.isOwn) item.scrollIntoView({ block: 'end' });
      follow(wasNearEnd || activity.isOwn);
    },
    showPending(id, words) {
      showDay();
      const item = addMessage('own', { text: words });
      item.append(element('p', 'state', text('sending')));
      pending.set(id, item);
      showReplies([]);
      follow(true);
    },
    showSending(id, state) {
      const mark = pending.get(id)?.querySelector('.state');
      if (!mark) return;
      mark.textContent = text(state);
      mark.classList.toggle('failed', state === 'failed');
    },
    showTyping() {
      const wasNearEnd = isNearEnd(log);
      typing.hidden = false;
      clearTimeout(typingTimer);
      typingTimer = setTimeout(() => {
        typing.hidden = true;
      }, 30_000);
      follow(wasNearEnd);
    },
    showNotice(words) {
      const wasNearEnd = isNearEnd(log);
      log.append(element('li', 'day', words));
      follow(wasNearEnd);
    },
    showLanguage() {
      document.documentElement.lang = locale() === 'zh' ? 'zh-CN' : 'en';
      document.title = text('title');
      find('title').textContent = text('title');
      find('language').textContent = text('language');
      find('send').textContent = text('send');
      find('attach-label').textContent = text('attach');
      find('text').placeholder = text('placeholder');
      find('text').setAttribute('aria-label', text('placeholder'));
      log.setAttribute('aria-label', text('log'));
      replies.setAttribute('aria-label', text('replies'));
    },
  };
}
