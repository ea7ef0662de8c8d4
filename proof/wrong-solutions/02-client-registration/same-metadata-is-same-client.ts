import { createHash } from 'node:crypto';
import type { RegisterClient } from '../../../exercises/weather-server/controls.ts';
import { registerClient as rightly } from '../../../solutions/02-client-registration/register-client.ts';

export const mistake =
  'The client_id is a hash of the metadata, so that nobody registers twice; two installations of one program are one client, and whoever knows the program knows its id.';
export const caughtBy = ['answers-what-was-registered'];

export const registerClient: RegisterClient = (metadata, config) => {
  const { client_id: _random, ...client } = rightly(metadata, config);
  const client_id = createHash('sha256').update(JSON.stringify(client)).digest('base64url');
  return { client_id, ...client };
};
