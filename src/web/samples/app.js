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

addEventListener('message', async ({ source, origin, data }) => {
  if (source !== webview.contentWindow || origin !== location.origin) return;
  if (data.type === 'token') answer({ type: 'token', id: data.id, token: await fetchToken() });
  if (data.type === 'photo') answer({ type: 'photo', id: data.id, dataUrl: await takePicture() });
  if (data.type === 'order') showOrder(data.number);
  if (data.type === 'close') webview.hidden = true;
});

find('open').onclick = () => {
  webview.src = '/chat/app';
  webview.hidden = false;
};
find('ask').onclick = () => {
  webview.hidden = false;
  answer({ type: 'ask-order', number: find('order').textContent });
};
