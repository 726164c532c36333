import { texts } from './texts.js';

/** The phone of a customer, and the servers of WeChat behind it. Text is only ever set as text. */
const find = (id) => document.getElementById(id);
const POLL_MS = 500;
const USER = 'simulator.user';
const PLACE = { label: '广东省广州市海珠区新港中路397号', latitude: 23.09, longitude: 113.32 };

const user = localStorage.getItem(USER) ?? `o${crypto.getRandomValues(new Uint32Array(2)).join('')}`;
localStorage.setItem(USER, user);
let language = new URLSearchParams(location.search).get('lang') === 'en' ? 'en' : 'zh';
/** An official account, or a customer-service account of WeCom: each has simulated servers of its own. */
const KINDS = ['wechat', 'wecom'];
const asked = new URLSearchParams(location.search).get('account');
let kind = KINDS.includes(asked) ? asked : KINDS[0];
let shown = 0;
const words = () => texts[language];
/** The words of the account that is shown, over those that both have. */
const own = () => ({ ...words(), ...words().kinds[kind] });
const pathOf = (path) => `/simulator/${kind}/${path}`;

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function button(text, onClick, className = 'plain') {
  const made = element('button', className, text);
  made.type = 'button';
  made.addEventListener('click', onClick);
  return made;
}

async function post(path, body) {
  const response = await fetch(pathOf(path), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => null);
  if (!response?.ok) return find('status').replaceChildren(words().failed);
  await refresh();
}

const act = (action) => post('act', { user, action });

function lineOf({ from, text, options, picture, url, route }) {
  if (from === 'system') return element('li', 'note', text);
  const item = element('li', `message ${from === 'customer' ? 'own' : ''}`);
  const bubble = element('div', 'bubble', text);
  if (picture) {
    const image = element('img');
    image.src = picture.startsWith('http') ? picture : pathOf(`media/${picture}`);
    image.alt = words().attach;
    bubble.append(image);
  }
  if (url) {
    const link = element('a', '', url);
    link.href = url;
    link.rel = 'noopener';
    bubble.append(link);
  }
  const choices = element('div', 'options');
  options.forEach((option, i) => {
    choices.append(button(option, () => act({ type: 'tap', text: option, option: i + 1 }), ''));
  });
  if (options.length > 0) bubble.append(choices);
  item.append(bubble);
  if (route) item.append(element('p', 'state', words().routes[route]));
  return item;
}

function showAllowance({ message, event }) {
  const now = Date.now();
  const open = [message, event].filter(({ untilAt, left }) => untilAt > now && left > 0);
  const left = open.reduce((sum, grant) => sum + grant.left, 0);
  const until = Math.max(0, ...open.map(({ untilAt }) => untilAt));
  find('allowance').textContent =
    left > 0 ? own().allowance(left, Math.ceil((until - now) / 60_000)) : words().none;
}

async function refresh() {
  const before = kind;
  const response = await fetch(pathOf(`state?user=${user}`)).catch(() => null);
  // Asked for the account that was shown a moment ago.
  if (before !== kind) return;
  find('status').textContent = response?.ok ? own().account : words().offline;
  if (!response?.ok) return;
  const { lines, grants, isTyping, faults } = await response.json();
  const log = find('log');
  const isNearEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 160;
  for (const line of lines.slice(shown)) log.append(lineOf(line));
  if (isNearEnd && lines.length > shown) log.scrollTop = log.scrollHeight;
  shown = lines.length;
  find('typing').hidden = !isTyping;
  showAllowance(grants);
  find('faults-left').textContent = words().faultsLeft(faults.map((fault) => own().faults[fault]));
}

function showWords() {
  const { title, language: other, attach, send, placeholder, menu, acts, faults } = own();
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  document.title = title;
  find('title').textContent = title;
  find('language').textContent = other;
  find('attach-label').textContent = attach;
  find('send').textContent = send;
  find('text').placeholder = placeholder;
  find('text').setAttribute('aria-label', placeholder);
  find('allowance-title').textContent = words().allowanceTitle;
  find('acts-title').textContent = words().actsTitle;
  find('faults-title').textContent = words().faultsTitle;
  find('faults-hint').textContent = words().faultsHint;
  find('about').textContent = own().about;
  find('kind-label').textContent = words().kindLabel;
  find('kind').replaceChildren(
    ...KINDS.map((each) => {
      const option = element('option', '', words().kinds[each].account);
      option.value = each;
      option.selected = each === kind;
      return option;
    }),
  );
  find('menu').replaceChildren(
    ...Object.entries(menu).map(([key, name]) => button(name, () => act({ type: 'menu', key }), '')),
  );
  find('acts').replaceChildren(
    ...Object.entries(ACTIONS[kind]).map(([name, action]) => button(acts[name], () => act(action))),
  );
  find('faults').replaceChildren(
    ...Object.entries(faults).map(([fault, name]) => button(name, () => post('faults', { fault, count: 1 }))),
  );
  find('log').replaceChildren();
  shown = 0;
}

const LINK = { type: 'link', title: '宽带资费一览', url: 'https://www.example.com/plans' };
const ACTIONS = {
  wechat: {
    subscribe: { type: 'subscribe', scene: 'shop-12' },
    unsubscribe: { type: 'unsubscribe' },
    location: { type: 'location', ...PLACE },
    voice: { type: 'voice' },
    recognised: { type: 'voice', recognition: '家里断网了' },
    link: LINK,
  },
  wecom: {
    enter: { type: 'enter', scene: 'shop-12' },
    location: { type: 'location', ...PLACE },
    voice: { type: 'voice' },
    link: LINK,
    take: { type: 'servicer', step: 'take' },
    end: { type: 'servicer', step: 'end' },
  },
};

async function sendPicture(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  await act({ type: 'image', bytes: btoa(binary) });
}

find('form').addEventListener('submit', (event) => {
  event.preventDefault();
  const field = find('text');
  const text = field.value.trim();
  field.value = '';
  if (text !== '') act({ type: 'text', text });
});
find('text').addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  find('form').requestSubmit();
});
find('file').addEventListener('change', (event) => {
  const [file] = event.target.files;
  event.target.value = '';
  if (file) sendPicture(file);
});
find('language').addEventListener('click', () => {
  language = language === 'zh' ? 'en' : 'zh';
  showWords();
  refresh();
});

find('kind').addEventListener('change', (event) => {
  kind = event.target.value;
  showWords();
  refresh();
});

showWords();
const poll = () => refresh().finally(() => setTimeout(poll, POLL_MS));
poll();
