/** Plays the app around the chat: answers what the page asks of it. An app does the same with its WebView. */
const find = (id) => document.getElementById(id);
const webview = find('webview');
const answer = (message) => webview.contentWindow.postMessage(message, location.origin);

async function fetchToken() {
  const response = await fetch('/samples/app/token', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ phone: find('phone').value }),
  });
  return (await response.json()).token;
}

const readPicture = (file) =>
  new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.readAsDataURL(file);
  });

function takePicture() {
  const camera = find('camera');
  return new Promise((resolve) => {
    camera.onchange = () => resolve(camera.files[0] ? readPicture(camera.files[0]) : null);
    camera.oncancel = () => resolve(null);
    camera.click();
  });
}

function showOrder(number) {
  webview.hidden = true;
  find('orders').hidden = false;
  find('order').textContent = number;
}

/** Closed: its page has gone, so that the customer is not there any more. */
const isClosed = () => webview.hidden && !webview.hasAttribute('src');
let askAbout = null;

function openChat() {
  find('notification').hidden = true;
  if (isClosed()) webview.src = '/chat/app';
  webview.hidden = false;
}

function closeChat() {
  webview.hidden = true;
  webview.removeAttribute('src');
  webview.contentWindow.location.replace('about:blank');
}

addEventListener('message', async ({ source, origin, data }) => {
  if (source !== webview.contentWindow || origin !== location.origin) return;
  if (data.type === 'token') answer({ type: 'token', id: data.id, token: await fetchToken() });
  if (data.type === 'photo') answer({ type: 'photo', id: data.id, dataUrl: await takePicture() });
  if (data.type === 'order') showOrder(data.number);
  if (data.type === 'close') closeChat();
  if (data.type === 'token' && askAbout) {
    answer({ type: 'ask-order', number: askAbout });
    askAbout = null;
  }
});

find('open').onclick = openChat;
find('ask').onclick = () => {
  const number = find('order').textContent;
  // A page that is yet to load is asked once it has its token.
  if (isClosed()) askAbout = number;
  else answer({ type: 'ask-order', number });
  openChat();
};

/** Shows what the app's server was pushed, while the chat is closed. */
async function lookForPushes() {
  if (!isClosed()) return;
  const user = encodeURIComponent(`sample-${find('phone').value}`);
  const response = await fetch(`/samples/app/push?user=${user}`).catch(() => null);
  if (!response?.ok) return;
  const [push] = (await response.json()).notifications;
  find('notification').hidden = !push || !isClosed();
  if (!push) return;
  find('notification-title').textContent = push.count > 1 ? `${push.title}（${push.count}）` : push.title;
  find('notification-text').textContent = push.text ?? '';
  find('notification').onclick = () => {
    if (push.link.orderNumber) showOrder(push.link.orderNumber);
    openChat();
  };
}
if (new URLSearchParams(location.search).has('push')) setInterval(lookForPushes, 1000);
