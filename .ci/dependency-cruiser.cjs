/** The boundaries of the architecture: what may import what. */
const only = (name, vendor, folders, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: '^src/', pathNot: folders },
  to: { path: `node_modules/${vendor}` },
});

const apart = ['understanding', 'dialogs', 'handoff', 'sla'];

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-orphans-from-test', severity: 'error', from: { path: '^src/' }, to: { path: '^test/' } },
    {
      name: 'contract-stands-alone',
      severity: 'error',
      from: { path: '^src/contract/' },
      to: { path: '^src/', pathNot: '^src/(contract/|errors)' },
    },
    ...apart.map((folder) => ({
      name: `${folder}-apart`,
      severity: 'error',
      comment: 'turns/ joins these; they do not know each other',
      from: { path: `^src/${folder}/` },
      to: { path: `^src/(${apart.filter((other) => other !== folder).join('|')})/` },
    })),
    only(
      'restify-in-http',
      'restify',
      ['^src/http/', '^src/channels/[^/]+/routes', '^src/[^/]+/routes', '^src/[^/]+/[^/]+/routes'],
      'routes only',
    ),
    only(
      'react-for-staff',
      '(react|react-dom|antd|socket\\.io-client|@xyflow|@codemirror|@uiw)/',
      ['^src/web/(agent|admin|staff)/'],
      'large: the pages of staff have it',
    ),
    only(
      'socket-io-in-live',
      '(socket\\.io|@socket\\.io)/',
      ['^src/handoff/live/'],
      'one module isolates it',
    ),
    only(
      'ioredis-in-turns',
      'ioredis',
      ['^src/turns/', '^src/handoff/', '^src/web-visitors/', '^src/understanding/language-model/'],
      'where a script is owned',
    ),
    only(
      'kysely-in-records',
      '(kysely|pg)/',
      ['^src/records/', '^src/work-orders/', '^src/accounts/', '^src/content/', '^src/incidents/'],
      'SQL',
    ),
    only('botbuilder-at-the-edge', 'botbuilder', ['^src/channels/bot-framework/'], 'one module isolates it'),
    only(
      'openid-client-at-the-edge',
      'openid-client',
      ['^src/accounts/open-id/'],
      'loaded only when it is set',
    ),
    only('otpauth-at-the-edge', 'otpauth', ['^src/accounts/second-factor/'], 'one module reads it'),
    only('chinese-days-in-sla', 'chinese-days', ['^src/sla/calendar/'], 'one module reads it'),
    only(
      'langchain-in-language-model',
      '@langchain',
      ['^src/understanding/language-model/'],
      'one folder isolates it, loaded only when a model is set',
    ),
    only(
      'opossum-at-the-edge',
      'opossum',
      ['^src/understanding/language-model/', '^src/operator/http/'],
      'circuit breakers',
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
  },
};
