import { PASSWORD_MIN } from './passwords';

/** What the page behind a one-time link shows. */
export type SetupView =
  | {
      type: 'form';
      token: string;
      isFirstAdmin: boolean;
      login: string;
      name: string;
      problem: string | null;
    }
  | { type: 'done' }
  | { type: 'dead' };

/** No script, nothing from elsewhere; the browser may tell our own address as its origin. */
export const SETUP_HEADERS = {
  'Content-Type': 'text/html; charset=utf-8',
  'Cache-Control': 'no-store',
  'Content-Security-Policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  // With no-referrer a browser sends "Origin: null" from a form, which the origin check must refuse.
  'Referrer-Policy': 'same-origin',
};

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? '');

const field = (label: string, name: string, rest: string): string =>
  `<label>${label}<input name="${name}" required ${rest}></label>`;

function form(view: Extract<SetupView, { type: 'form' }>): string {
  const login = view.isFirstAdmin
    ? field(
        '邮箱或工号 / E-mail or staff number',
        'login',
        `autocomplete="username" value="${escapeHtml(view.login)}"`,
      ) + field('姓名 / Name', 'name', `autocomplete="name" maxlength="80" value="${escapeHtml(view.name)}"`)
    : `<p>账号 / Account: <b>${escapeHtml(view.login)}</b></p>`;
  const rest = `type="password" autocomplete="new-password" minlength="${PASSWORD_MIN}" maxlength="200"`;
  return `${view.problem ? `<p class="problem" role="alert">${escapeHtml(view.problem)}</p>` : ''}
<form method="post" action="/setup"><input type="hidden" name="token" value="${escapeHtml(view.token)}">
${login}
${field(`密码(至少 ${PASSWORD_MIN} 位)/ Password (at least ${PASSWORD_MIN} characters)`, 'password', rest)}
<button>保存 / Save</button></form>`;
}

function body(view: SetupView): string {
  if (view.type === 'done')
    return '<p>密码已设置,现在可以登录了。</p><p>The password is set. You can sign in now.</p>';
  if (view.type === 'dead') {
    return `<p>链接已使用或已过期,未做任何更改。请联系管理员重新获取。</p>
<p>This link has been used or has expired; nothing was changed. Ask an administrator for a new one.</p>`;
  }
  return form(view);
}

/** The page as HTML, in Chinese and English at once: nobody has chosen a language yet. */
export const setupPage = (view: SetupView): string => `<!doctype html>
<html lang="zh"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>设置账号 / Set up your account</title><style>
body{font:16px/1.5 system-ui,sans-serif;max-width:26rem;margin:3rem auto;padding:0 1rem;color:#1f2328}
label{display:block;margin:1rem 0}input{display:block;width:100%;box-sizing:border-box;font:inherit;padding:.5rem}
button{font:inherit;padding:.5rem 1.5rem}.problem{color:#a40e26}
</style></head><body><h1>设置账号<br><small>Set up your account</small></h1>
${body(view)}
</body></html>`;
