import { escapeInvisible } from './escape-invisible.ts';

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * For text and quoted attributes of HTML and XML. Lines stay; what markup cannot hold, or would turn
 * text around, becomes visible. These two are no characters, and XML 1.0 has no way to write them.
 */
export const escapeMarkup = (text: string): string =>
  text
    .split('\n')
    .map(escapeInvisible)
    .join('\n')
    .replaceAll(/[\ufffe\uffff]/g, '?')
    .replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
