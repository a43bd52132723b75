// SPDX-License-Identifier: EUPL-1.2
// A real OpenID provider for the tests: node provider.mjs CALLBACK SECRET
// Whoever gives a name gets in; claims.json beside it says what is known of them. Prints its issuer when it is ready, and ends
// when its standard input does.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const [callback, secret] = process.argv.slice(2);
const people = JSON.parse(readFileSync(new URL('claims.json', import.meta.url)));

const server = createServer();
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const issuer = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
  clients: [{ client_id: 'notreville', client_secret: secret, redirect_uris: [callback] }],
  pkce: { required: () => true },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
  cookies: { keys: [secret] },
  claims: {
    openid: ['sub'],
    profile: ['given_name', 'family_name', 'locale'],
    email: ['email', 'email_verified'],
    town: ['resident'],
  },
  scopes: ['openid', 'profile', 'email', 'town'],
  findAccount: (ctx, id) => people[id] && { accountId: id, claims: () => ({ sub: id, ...people[id] }) },
  // the town's own client asks nobody whether they consent
  loadExistingGrant: async (ctx) => {
    const grant = new ctx.oidc.provider.Grant({
      clientId: ctx.oidc.client.clientId,
      accountId: ctx.oidc.session.accountId,
    });
    grant.addOIDCScope('openid profile email town');
    await grant.save();
    return grant;
  },
});
provider.on('server_error', (ctx, error) => console.error(error));

const page = (body) => `<!doctype html><html lang="fr"><meta charset="utf-8"><title>Mon identité</title>
<h1>Mon identité</h1>${body}</html>`;

const handle = provider.callback();
server.on('request', async (request, response) => {
  if (!request.url.startsWith('/interaction/')) {
    handle(request, response);
    return;
  }
  try {
    await provider.interactionDetails(request, response);
    if (request.method === 'POST') {
      let body = '';
      for await (const chunk of request) {
        body += chunk;
      }
      const form = new URLSearchParams(body);
      const result = form.has('cancel')
        ? { error: 'access_denied', error_description: 'changed their mind' }
        : { login: { accountId: form.get('name') } };
      await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
      return;
    }
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(page(`<form method="post"><label>Qui êtes-vous? <input name="name"></label>
<button>Continuer</button> <button name="cancel" value="1">Annuler</button></form>`));
  } catch (error) {
    console.error(error);
    response.statusCode = 500;
    response.end(page('<p>Erreur</p>'));
  }
});

process.stdin.on('end', () => process.exit(0));
process.stdin.resume();
console.log(issuer);
