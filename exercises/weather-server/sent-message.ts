import type { Request } from 'express';
import type { SentMessage } from './controls.ts';

/** A request as the controls of topic 15 see it. */
export const sentMessage = ({ headersDistinct, body }: Request): SentMessage => ({
  headers: headersDistinct,
  body: body as unknown,
});
