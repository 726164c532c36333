/**
 * A provider of OpenID Connect that nobody here wrote (`oidc-provider`), as a process of its own. Whoever comes is signed
 * in as the account that the cookie `who` names, without a page. Says `ready <port>`; takes lines of JSON: the claims of
 * an account. Ends with its standard input.
 */
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { Provider } from 'oidc-provider';

const people = new Map();
const server = createServer((request, response) => handle(request, response));
let handle = (_request, response) => response.end();

server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  const provider = new Provider(`http://127.0.0.1:${port}`, {
    clients: [
      {
        client_id: 'desk',
        client_secret: 'secret-of-the-desk-in-tests',
        redirect_uris: [process.argv[2]],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    claims: { openid: ['sub'], profile: ['preferred_username', 'name'], email: ['email', 'email_verified'] },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    cookies: { keys: ['of-tests'] },
    interactions: { url: (_context, { uid }) => `/sign-in/${uid}` },
    findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, ...people.get(id) }) }),
  });
  const callback = provider.callback();
  handle = async (request, response) => {
    if (!request.url.startsWith('/sign-in/')) return callback(request, response);
    const accountId = /who=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1] ?? 'nobody';
    const details = await provider.interactionDetails(request, response);
    const grant = new provider.Grant({ accountId, clientId: details.params.client_id });
    grant.addOIDCScope(details.params.scope);
    const result = { login: { accountId }, consent: { grantId: await grant.save() } };
    await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  };
  console.log(`ready ${port}`);
});

createInterface({ input: process.stdin })
  .on('line', (line) => {
    const { id, ...claims } = JSON.parse(line);
    people.set(id, claims);
    console.log(`known ${id}`);
  })
  .on('close', () => process.exit(0));
