import { openChat } from './connection.js';
import { texts } from './texts.js';
import { createView } from './view.js';

const LANGUAGE = 'chat.language';
const FILE_LIMIT = 10 * 1024 * 1024;
const FILE_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'application/pdf'];

const asked = new URLSearchParams(location.search).get('lang');
let language =
  asked ??
  localStorage.getItem(LANGUAGE) ??
  (navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en');
if (!(language in texts)) language = 'zh';

const locale = () => language;
const text = (name) => texts[language][name];
const view = createView({ text, locale, onReply: say });
let status = 'connecting';

const chat = openChat({
  locale,
  onActivity: view.showActivity,
  onTyping: view.showTyping,
  onSending: view.showSending,
  onStatus(next) {
    status = next;
    view.showStatus(status);
  },
});

function say(words) {
  view.showPending(chat.send(words), words);
}

const form = document.getElementById('form');
const field = document.getElementById('text');
const button = document.getElementById('send');
const file = document.getElementById('file');

const resize = () => {
  field.style.height = 'auto';
  field.style.height = `${field.scrollHeight + 2}px`;
  button.disabled = field.value.trim() === '';
};

form.addEventListener('submit', (event) => {
  event.preventDefault();
  const words = field.value.trim();
  if (words === '') return;
  field.value = '';
  resize();
  say(words);
  field.focus();
});
field.addEventListener('input', resize);
field.addEventListener('keydown', (event) => {
  // While an input method composes, Enter takes its candidate.
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  form.requestSubmit();
});
file.addEventListener('change', async () => {
  const [chosen] = file.files;
  file.value = '';
  if (!chosen) return;
  if (!FILE_TYPES.includes(chosen.type)) return view.showNotice(text('badFile'));
  if (chosen.size > FILE_LIMIT) return view.showNotice(text('tooBig'));
  try {
    await chat.sendFile(chosen);
  } catch {
    view.showNotice(`${chosen.name}: ${text('failed')}`);
  }
});
document.getElementById('language').addEventListener('click', () => {
  language = language === 'zh' ? 'en' : 'zh';
  localStorage.setItem(LANGUAGE, language);
  view.showLanguage();
  view.showStatus(status);
});

view.showLanguage();
view.showStatus(status);
for (const [id, words] of chat.unsent()) view.showPending(id, words);
resize();
