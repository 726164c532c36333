import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Server } from 'restify';
import { parse } from 'yaml';
import { contentApi } from '../../../src/contract/content-api';
import { createHttpServer } from '../../../src/http/server';
import { contentDocument } from '../../../src/launch/types/content-document';
import { validateOpenApi } from '../../support/openapi';
import { silent } from '../../support/turns';

const root = join(__dirname, '../../..');
const file = join(root, 'docs/openapi/content.yaml');
const BASE = '/admin/content';

/** Method, path and permission of every route of content, as the server has them; whatever file they are in. */
function routesOfServer(): string[] {
  const server: Server = createHttpServer();
  const found: string[] = [];
  let permission = '';
  const deps = {
    log: silent,
    requirePermission: (name: string) => (work: () => Promise<void>) => {
      permission = name;
      return work;
    },
  };
  const methods = { get: 'get', post: 'post', put: 'put', del: 'delete' } as const;
  for (const [own, method] of Object.entries(methods))
    Object.assign(server, {
      [own]: (path: string) => found.push(`${method} ${path.replace(/:(\w+)/g, '{$1}')} ${permission}`),
    });
  for (const name of readdirSync(join(root, 'src/content')).filter((each) => /^routes-.*\.ts$/.test(each))) {
    const module: Record<string, unknown> = require(join(root, 'src/content', name));
    for (const [exported, register] of Object.entries(module))
      if (exported.startsWith('register') && typeof register === 'function') register(server, deps);
  }
  return found.filter((route) => route.includes(BASE)).sort();
}

describe('the description of the API of content', () => {
  it('is that of the contract as it is: if not, run `npm run types`', () => {
    expect(parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(contentDocument())));
  });

  it('is an OpenAPI document', () => {
    expect(validateOpenApi(file)).toEqual({ valid: true });
  });

  it('has every route that the server has, for whom it is, and no other', () => {
    const described = contentApi.map(
      ({ method, path, permission }) => `${method} ${BASE}${path} ${permission}`,
    );
    expect(described.sort()).toEqual(routesOfServer());
  });

  it('names each operation once', () => {
    const { paths } = parse(readFileSync(file, 'utf8'));
    const names = Object.values<Record<string, { operationId: string }>>(paths).flatMap((path) =>
      Object.values(path).map(({ operationId }) => operationId),
    );
    expect(new Set(names).size).toBe(contentApi.length);
  });
});
